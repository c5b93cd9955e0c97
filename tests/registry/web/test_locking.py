"""Locking a patient, and freezing the registry: by role, with a reason, and refused with everything that is missing."""

import pytest

from registry.access.context import scope, system
from registry.audit.acting import acting_as
from registry.models import InoCycle, RegistrySettings
from tests.pages import save
from tests.registry.web.work import ask, complete_gvhd, stored, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gvhd(people, patient):
    return complete_gvhd(patient, by=people.datamanager_03)


@pytest.fixture
def nothing_missing(monkeypatch):
    monkeypatch.setattr("registry.actions.states.keeps_from_locking", lambda records, open_queries: [])


def lock_address(patient):
    return f"/patients/{patient.public_id}/lock/"


def test_everything_that_is_missing_is_listed_with_a_link(open_as, people, patient, gvhd):
    save(InoCycle(patient=patient, centre_id=3, cycle_no=2), by=people.datamanager_03)
    ask(people, gvhd)
    client = open_as(people.monitor)
    missing = dict(client.get(lock_address(patient)).context["missing"])
    home = f"/patients/{patient.public_id}/"
    assert missing["no answer on the form Allo-HCT"] == f"{home}hct/"
    assert missing["neither a follow-up visit nor a death form"] == f"{home}#follow_up"
    assert missing["1 open query"] == "/queries/?patient=03-001"
    assert any(url.startswith(f"{home}ino_cycle/") for message, url in missing.items() if "is not complete" in message)
    for url in missing.values():
        assert client.get(url.partition("#")[0]).status_code == 200


def test_a_lock_with_something_missing_is_refused_with_the_list(open_as, people, patient):
    response = open_as(people.monitor).post(lock_address(patient), {"reason": "end of monitoring"})
    assert response.status_code == 422
    assert "The patient was not locked" in text_of(response)
    assert len(response.context["missing"]) > 4
    assert stored(patient).state == "complete"


def test_the_patient_is_locked_and_unlocked_with_a_reason(open_as, people, patient, gvhd, nothing_missing):
    monitor, home = open_as(people.monitor), f"/patients/{patient.public_id}/"
    assert monitor.post(lock_address(patient), {"reason": "no"}).status_code == 422
    assert monitor.post(lock_address(patient), {"reason": "end of monitoring"}).url == home
    assert {stored(patient).state, stored(gvhd).state} == {"locked"}
    marks = monitor.get(home).context["marks"]
    assert (marks.lock, marks.unlock) == ("", f"{home}unlock/")
    offered = open_as(people.datamanager_03).get(home).context
    assert (offered["task"], [row.form for row in offered["rows"] if row.add_url]) == (None, [])
    assert monitor.post(marks.unlock, {"reason": "late correction"}).url == home
    assert {stored(patient).state, stored(gvhd).state} == {"complete"}


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03"])
@pytest.mark.parametrize("step", ["lock", "unlock"])
def test_centres_do_not_lock(open_as, people, patient, nothing_missing, who, step):
    client, home = open_as(getattr(people, who)), f"/patients/{patient.public_id}/"
    assert client.post(f"{home}{step}/", {"reason": "it is finished"}).status_code == 403
    assert client.get(home).context["marks"].lock == ""


def test_the_coordinator_freezes_and_lifts_with_a_reason(open_as, people, patient, gvhd, nothing_missing):
    coordinator, centre = open_as(people.coordinator), open_as(people.datamanager_03)
    assert coordinator.post("/freeze/", {"step": "freeze", "reason": "now"}).status_code == 422
    coordinator.post("/freeze/", {"step": "freeze", "reason": "analysis for the congress"})
    assert "Frozen since" in text_of(coordinator.get("/freeze/"))
    assert "The registry is frozen for an analysis" in text_of(centre.get("/patients/"))
    changed = {"agvhd": "0", "cgvhd": "1", "version": "1", "reason": "seen again", "step": "complete"}
    refused = centre.post(f"/patients/{patient.public_id}/gvhd/", changed)
    assert (refused.status_code, stored(gvhd).cgvhd) == (422, "0")
    assert coordinator.post(lock_address(patient), {"reason": "end of monitoring"}).status_code == 422
    coordinator.post("/freeze/", {"step": "lift", "reason": "analysis is done"})
    with scope(system("test")):
        assert RegistrySettings.load().frozen_at is None


@pytest.mark.parametrize("who", ["datamanager_03", "monitor", "statistician", "administrator"])
def test_only_the_coordinator_freezes(open_as, people, who):
    client = open_as(getattr(people, who))
    assert client.get("/freeze/").status_code == 403
    assert client.post("/freeze/", {"step": "freeze", "reason": "analysis 2026"}).status_code == 403


def test_a_frozen_registry_takes_no_record_back(open_as, people, patient):
    cycle = save(InoCycle(patient=patient, centre_id=3, cycle_no=1), by=people.datamanager_03)
    with acting_as(people.coordinator, "analysis for the congress"):
        RegistrySettings.objects.create(pk=1, frozen_at="2026-11-01T00:00Z", frozen_by=people.coordinator)
    address = f"/patients/{patient.public_id}/ino_cycle/{cycle.public_id}/delete/"
    response = open_as(people.datamanager_03).post(address, {"version": "1", "reason": "entered by mistake"})
    assert (response.status_code, stored(cycle).cycle_no) == (422, 1)


def test_nobody_without_patients_locks(open_as, people, patient):
    for who in (people.statistician, people.administrator):
        assert open_as(who).get(lock_address(patient)).status_code == 404
