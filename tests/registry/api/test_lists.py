"""Lists: chosen, ordered and paged by what is allowed, and by nothing else."""

import datetime as dt

import pytest
from django.utils import timezone

from registry.models import FollowUp
from tests.pages import new_patient, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def patients(people):
    return [new_patient(people.datamanager_03) for _ in range(3)]


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return [each["patient_number"] for each in answer.json()["results"]]


def test_a_list_is_chosen_by_number_centre_and_state(anna, patients):
    assert numbers(anna.get("patients/", {"patient_number": "03-002"})) == ["03-002"]
    assert numbers(anna.get("patients/", {"centre": "3", "state": "complete"})) == ["03-001", "03-002", "03-003"]
    assert numbers(anna.get("patients/", {"state": "locked"})) == []


def test_the_records_of_one_patient_are_chosen_by_id(anna, patients, people):
    for patient in patients[:2]:
        save(FollowUp(patient=patient, centre_id=3, instance_no=1), by=people.datamanager_03)
    assert numbers(anna.get("forms/follow_up/", {"patient": str(patients[1].public_id)})) == ["03-002"]


def test_what_changed_since_is_chosen_by_the_audit_trail(anna, patients):
    assert len(numbers(anna.get("patients/", {"changed_since": "2020-01-01T00:00:00Z"}))) == 3
    assert numbers(anna.get("patients/", {"changed_since": "6532-04-05T09:41:16-23:45"})) == []
    later = (timezone.now() + dt.timedelta(hours=1)).isoformat()
    assert numbers(anna.get("patients/", {"changed_since": later})) == []


def test_a_list_is_ordered_as_asked(anna, patients):
    assert numbers(anna.get("patients/", {"order": "-patient_number"})) == ["03-003", "03-002", "03-001"]


def test_pages_lead_to_the_pages_beside_them(anna, patients):
    first = anna.get("patients/", {"limit": "2", "order": "patient_number"})
    assert (numbers(first), first.json()["count"], first.json()["previous"]) == (["03-001", "03-002"], 3, None)
    following = anna.client.get(first.json()["next"])
    assert (numbers(following), following.json()["next"]) == (["03-003"], None)
    assert numbers(anna.client.get(following.json()["previous"])) == ["03-001", "03-002"]


@pytest.mark.parametrize("order", ["state", "-state", "centre"])
def test_page_after_page_shows_each_record_once_also_where_the_order_has_them_alike(anna, people, order):
    expected = [new_patient(people.datamanager_03).number for _ in range(6)]
    pages = [anna.get("patients/", {"order": order, "limit": "1", "offset": str(offset)}) for offset in range(6)]
    assert [number for page in pages for number in numbers(page)] == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("centr", "3"),
        ("centre", "3 or 1=1"),
        ("centre", "1e9"),
        ("state", "gone"),
        ("order", "user__password"),
        ("order", "patient_number; drop table"),
        ("limit", "0"),
        ("limit", "1001"),
        ("offset", "-1"),
        ("offset", "99999999999999999999"),
        ("changed_since", "yesterday"),
        ("changed_since", "0001-01-01T00:00:00+14:00"),
        ("labels", "yes"),
        ("patient_number", "03\x00"),
    ],
)
def test_a_parameter_that_is_unknown_or_unreadable_is_refused_by_its_name(anna, name, value):
    answer = anna.get("patients/", {name: value})
    assert answer.status_code == 400, answer.content
    assert [error["field"] for error in answer.json()["errors"]] == [name]


def test_a_record_takes_no_parameters_of_lists(anna, patients):
    assert anna.get(f"patients/{patients[0].public_id}/", {"centre": "3"}).status_code == 400


def test_the_number_of_database_queries_does_not_grow_with_the_list(anna, people, django_assert_max_num_queries):
    for _ in range(5):
        save(FollowUp(patient=new_patient(people.datamanager_03), centre_id=3, instance_no=1), by=people.datamanager_03)
    with django_assert_max_num_queries(20):
        assert len(numbers(anna.get("forms/follow_up/"))) == 5


def test_a_time_that_cannot_be_read_is_refused_in_words(anna):
    (error,) = anna.get("patients/", {"changed_since": "yesterday"}).json()["errors"]
    assert (error["field"], error["check_id"], error["message"]) == (
        "changed_since",
        "unreadable",
        "Enter a valid date/time.",
    )
    assert "2023-05-01T00:00:00Z" in error["remedy"]
