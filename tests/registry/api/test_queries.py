"""Queries by programs: who may ask, answer and close is who may on the pages."""

import pytest

from tests.programs import program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(people, patient):
    """The id of a query of the monitor about the sex of the patient."""
    query = {"form": "patient", "record": str(patient.public_id), "item": "sex", "message": "Is the sex right?"}
    answer = program_of(people.monitor).post("queries/", query)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def test_a_query_tells_where_it_is_who_asked_and_what_was_said(anna, asked):
    query = anna.get("queries/", {"form": "patient", "state": "open"}).json()["results"][0]
    assert (query["id"], query["item"], query["patient_number"], query["centre"]) == (asked, "sex", "03-001", 3)
    assert (query["raised_by"], query["message"], query["check_id"]) == ("monitor", "Is the sex right?", None)
    assert [message["text"] for message in query["messages"]] == ["Is the sex right?"]


def test_the_centre_answers_and_the_monitor_closes_or_asks_again(anna, people, asked):
    monitor = program_of(people.monitor)
    answered = anna.post(f"queries/{asked}/answer/", {"answer": "confirmed", "text": "as in the passport"})
    assert (answered.status_code, answered.json()["state"], answered.json()["answer"]) == (200, "answered", "confirmed")
    assert monitor.post(f"queries/{asked}/reopen/", {"text": "which passport?"}).json()["state"] == "reopened"
    assert monitor.post(f"queries/{asked}/close/").json()["state"] == "closed"
    assert anna.post(f"queries/{asked}/answer/", {"answer": "corrected"}).status_code == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [({"text": "why not"}, "answer"), ({"answer": "confirmed"}, "text"), ({"answer": 1}, "answer"), ({"x": 1}, "x")],
)
def test_an_answer_that_says_nothing_is_refused(anna, asked, body, field):
    answer = anna.post(f"queries/{asked}/answer/", body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_neither_side_does_the_work_of_the_other(anna, people, asked, patient):
    assert anna.post(f"queries/{asked}/close/").status_code == 403
    assert program_of(people.monitor).post(f"queries/{asked}/answer/", {"answer": "corrected"}).status_code == 403
    query = {"form": "patient", "record": str(patient.public_id), "message": "Is the sex right?"}
    assert anna.post("queries/", query).status_code == 403


@pytest.mark.parametrize("change", [{"record": "x"}, {"form": "nothing"}, {"item": "colour"}, {"message": "?"}])
def test_a_question_is_about_a_record_and_an_item_that_there_are(people, patient, change):
    query = {"form": "patient", "record": str(patient.public_id), "message": "Is the sex right?"} | change
    assert program_of(people.monitor).post("queries/", query).status_code == 422
