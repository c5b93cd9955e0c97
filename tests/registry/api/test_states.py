"""States by programs: read by all, changed by those who may; what is locked or frozen stays as it is."""

import pytest

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.states import freeze_registry, lock_patient
from registry.models import Patient
from tests.programs import program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(anna, patient):
    return anna.post("forms/follow_up/", {"patient": str(patient.public_id)}).json()


@pytest.fixture
def locked(people, patient, visit, monkeypatch):
    """Locked although most is missing: what is asked for at the lock has tests of its own."""
    monkeypatch.setattr("registry.actions.states.missing_for_lock", lambda records: [])
    with scope(claims_of(people.monitor)):
        lock_patient(patient, by=people.monitor, reason="end of the registry")
    return f"patients/{patient.public_id}/"


def test_the_states_of_a_patient_name_every_form_that_is_there_or_owed(anna, patient, visit):
    states = anna.get(f"patients/{patient.public_id}/states/").json()
    found = {(each["form"], each["instance_no"]): each for each in states}
    assert found["follow_up", 1]["record"] == visit["id"]
    assert found["patient", None]["state"] == "complete"
    assert (found["baseline", None]["state"], found["baseline", None]["record"]) == ("empty", None)


def test_what_is_missing_before_a_lock_is_named_with_its_form(people, patient):
    answer = program_of(people.monitor).post(f"patients/{patient.public_id}/lock/", {"reason": "all is there"})
    assert answer.status_code == 409
    assert {"C100"} == {error["check_id"] for error in answer.json()["errors"]}
    assert "hct" in {error["form"] for error in answer.json()["errors"]}


def test_a_locked_patient_is_changed_by_nobody_until_unlocked(anna, people, locked, visit):
    version = anna.get(locked)["ETag"]
    for answer in (
        anna.patch(locked, {"values": {"age_rr": 41}, "reason": "typed wrongly"}, If_Match=version),
        anna.patch(f"forms/follow_up/{visit['id']}/", {"values": {"alive": True}}, If_Match='"1"'),
        anna.send("DELETE", f"forms/follow_up/{visit['id']}/", If_Match='"1"', Change_Reason="typed wrongly"),
        anna.post("forms/follow_up/", {"patient": visit["patient"]}),
    ):
        assert (answer.status_code, "locked" in answer.json()["detail"]) == (409, True)
    monitor = program_of(people.monitor)
    assert monitor.post(f"{locked}unlock/").json()["errors"][0]["field"] == "reason"
    assert monitor.post(f"{locked}unlock/", {"reason": "a letter came"}).json()["state"] == "complete"
    assert anna.patch(f"forms/follow_up/{visit['id']}/", {"values": {"alive": True}}, If_Match='"1"').status_code == 200


def test_a_frozen_registry_refuses_every_change(anna, people, visit):
    with scope(claims_of(people.coordinator)):
        freeze_registry(by=people.coordinator, reason="yearly report")
    answer = anna.patch(f"forms/follow_up/{visit['id']}/", {"values": {"alive": True}}, If_Match='"1"')
    assert (answer.status_code, "frozen" in answer.json()["detail"]) == (409, True)


def test_the_monitor_verifies_what_was_read(people, patient):
    address = f"patients/{patient.public_id}/verify/"
    monitor = program_of(people.monitor)
    assert monitor.post(address).status_code == 428
    assert monitor.post(address, If_Match='"2"').status_code == 412
    assert monitor.post(address, {"items": ["sex"]}, If_Match='"1"').json()["verified_items"] == ["sex"]
    for what in ("colour", 7, {}, []):
        assert monitor.post(address, {"items": [what]}, If_Match='"1"').status_code == 422
    assert monitor.post(address, If_Match='"1"').json()["verified"] is True


def test_a_draft_is_not_verified(people, visit):
    answer = program_of(people.monitor).post(f"forms/follow_up/{visit['id']}/verify/", If_Match='"1"')
    assert answer.status_code == 409


def test_nobody_signs_by_a_token(people, patient):
    answer = program_of(people.investigator_03).post(f"patients/{patient.public_id}/sign/")
    assert answer.status_code == 403
    assert answer.json()["detail"] == (
        "No token includes the right to sign records: do it on the pages of the registry."
    )
    with scope(claims_of(people.monitor)):
        assert not Patient.objects.get().signature_set.exists()
