"""One query: two sides, each with its own steps."""

import pytest

from registry.models import QueryMessage
from tests.registry.web.work import answer, ask, complete_gvhd, count, stored, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def query(people, patient):
    gvhd = complete_gvhd(patient, by=people.datamanager_03)
    return ask(people, gvhd, field="agvhd", message="Was there no rash at all?")


def address(query):
    return f"/queries/{query.public_id}/"


def test_the_page_shows_the_question_the_value_now_and_who_asked(open_as, people, query):
    text = text_of(open_as(people.datamanager_03).get(address(query)))
    for part in ("Was there no rash at all?", "GVHD: Acute GVHD", "now: no", "monitor (Monitor)"):
        assert part in text


def test_the_centre_answers_and_the_monitor_closes(open_as, people, query):
    reply = {"step": "answer", "answer": "confirmed", "text": "as in the discharge letter", "version": "1"}
    assert open_as(people.datamanager_03).post(address(query), reply).url == address(query)
    assert (stored(query).state, stored(query).answer) == ("answered", "confirmed")
    open_as(people.monitor).post(address(query), {"step": "close", "version": "2"})
    assert stored(query).state == "closed"
    assert count(QueryMessage.objects.filter(query=query)) == 3


def test_the_monitor_opens_it_again_with_a_reason(open_as, people, query):
    answer(query, by=people.datamanager_03)
    monitor = open_as(people.monitor)
    response = monitor.post(address(query), {"step": "reopen", "text": "", "version": "2"})
    assert (response.status_code, stored(query).state) == (422, "answered")
    assert "Say why the question is open again" in text_of(response)
    monitor.post(address(query), {"step": "reopen", "text": "which letter was it?", "version": "2"})
    assert stored(query).state == "reopened"


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        ({"answer": "confirmed", "text": ""}, "Say why the value stands"),
        ({"answer": "", "text": "as in the letter"}, "Choose an answer"),
        ({"answer": "whatever", "text": "as in the letter"}, "Choose an answer"),
    ],
)
def test_an_answer_that_says_too_little_keeps_what_was_typed(open_as, people, query, reply, problem):
    response = open_as(people.datamanager_03).post(address(query), reply | {"step": "answer", "version": "1"})
    assert response.status_code == 422
    assert problem in text_of(response)
    assert reply["text"] in response.content.decode()
    assert stored(query).state == "open"


def test_a_query_that_moved_meanwhile_is_not_answered_again(open_as, people, query):
    answer(query, by=people.datamanager_03)
    reply = {"step": "answer", "answer": "unavailable", "text": "no letter was found", "version": "1"}
    response = open_as(people.datamanager_03).post(address(query), reply)
    assert "answered meanwhile" in text_of(response)
    assert stored(query).answer == "confirmed"


def test_each_side_is_offered_its_own_steps_and_refused_the_others(open_as, people, query):
    centre, monitor, coordinator = map(open_as, (people.datamanager_03, people.monitor, people.coordinator))
    assert b'value="answer"' in centre.get(address(query)).content
    assert b'value="close"' not in centre.get(address(query)).content
    for client in (monitor, coordinator):
        assert b'value="answer"' not in client.get(address(query)).content
        assert b'value="close"' in client.get(address(query)).content
    for step in ("close", "reopen"):
        assert centre.post(address(query), {"step": step, "text": "done here", "version": "1"}).status_code == 403
    reply = {"step": "answer", "answer": "confirmed", "text": "as it stands", "version": "1"}
    assert monitor.post(address(query), reply).status_code == 403


def test_another_centres_query_is_not_found(open_as, people, query):
    other = open_as(people.datamanager_07)
    assert other.get(address(query)).status_code == 404
    assert other.get(f"{address(query)}item/").status_code == 404


def test_the_next_query_of_ones_work_is_one_click_away(open_as, people, patient, query):
    second = ask(people, patient)
    answer(second, by=people.datamanager_03)
    assert open_as(people.datamanager_03).get(address(second)).context["next"] == query
    assert open_as(people.monitor).get(address(query)).context["next"] == second


def test_a_text_is_shown_as_text(open_as, people, patient):
    query = ask(people, patient, message="<script>alert(1)</script>")
    page = open_as(people.datamanager_03).get(address(query)).content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;" in page
