"""The same request under the same key is carried out once and answered alike."""

import datetime as dt

import pytest
from django.utils import timezone

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.repeatable_requests import forget_old
from registry.models import Patient, RepeatableRequest
from tests.programs import program_of

pytestmark = pytest.mark.django_db
NEW = {"values": {"sex": "F", "age_rr": 40, "consent_basis": "written"}}


def patients(people):
    with scope(claims_of(people.monitor)):
        return Patient.objects.count()


def test_a_request_sent_twice_makes_one_patient_and_gets_one_answer(anna, people):
    first, again = (anna.post("patients/", NEW, Idempotency_Key="patient-17") for _ in range(2))
    assert (first.status_code, first.json(), first["ETag"]) == (again.status_code, again.json(), again["ETag"])
    assert again["Location"] == first["Location"]
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert patients(people) == 1


def test_without_a_key_two_requests_are_two(anna, people):
    for _ in range(2):
        anna.post("patients/", NEW)
    assert patients(people) == 2


def test_the_same_key_for_another_request_is_refused(anna, people):
    anna.post("patients/", NEW, Idempotency_Key="patient-17")
    answer = anna.post("patients/", {"values": {"sex": "M"}}, Idempotency_Key="patient-17")
    assert (answer.status_code, patients(people)) == (422, 1)


def test_what_was_refused_may_be_corrected_under_the_same_key(anna, people):
    wrong = {"values": NEW["values"] | {"sex": "X"}}
    assert anna.post("patients/", wrong, Idempotency_Key="patient-17").status_code == 422
    assert anna.post("patients/", NEW, Idempotency_Key="patient-17").status_code == 201


def test_a_key_is_known_to_its_user_only(anna, people):
    mine = anna.post("patients/", NEW, Idempotency_Key="patient-17").json()
    others = program_of(people.datamanager_07).post("patients/", NEW, Idempotency_Key="patient-17").json()
    assert (mine["centre"], others["centre"]) == (3, 7)


def test_a_key_is_forgotten_after_a_day(anna, people):
    anna.post("patients/", NEW, Idempotency_Key="patient-17")
    with scope(claims_of(people.datamanager_03)):
        RepeatableRequest.objects.update(at=timezone.now() - dt.timedelta(hours=25))
    anna.post("patients/", NEW, Idempotency_Key="patient-17")
    assert patients(people) == 2


def test_an_answer_is_forgotten_after_a_day_also_where_its_program_has_stopped(anna, people):
    for program in (anna, program_of(people.datamanager_07)):
        program.post("patients/", NEW, Idempotency_Key="patient-17")
    with scope(claims_of(people.datamanager_03)):
        RepeatableRequest.objects.update(at=timezone.now() - dt.timedelta(hours=25))
    assert forget_old() == 1
    for user, kept in ((people.datamanager_03, 0), (people.datamanager_07, 1)):
        with scope(claims_of(user)):
            assert RepeatableRequest.objects.count() == kept


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "a" * 101])
def test_a_key_is_printable_and_short(anna, key):
    assert anna.post("patients/", NEW, Idempotency_Key=key).status_code == 400


def test_a_question_is_asked_once_too(anna, people):
    patient = anna.post("patients/", NEW | {"complete": True}).json()["id"]
    monitor = program_of(people.monitor)
    query = {"form": "patient", "record": patient, "message": "Is the sex right?"}
    asked = [monitor.post("queries/", query, Idempotency_Key="q1").json()["id"] for _ in range(2)]
    assert asked[0] == asked[1]
