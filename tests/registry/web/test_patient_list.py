"""The list of patients: one's own centres only, every form with its state, at a fixed cost."""

import pytest

from registry.models import Baseline, InoCycle
from tests.pages import new_patient, save

pytestmark = pytest.mark.django_db


def numbers(response):
    return [patient.number for patient, _ in response.context["rows"]]


def test_a_data_manager_sees_her_own_centre_only(open_as, people, patient, patient_of_brescia):
    assert numbers(open_as(people.datamanager_03).get("/patients/")) == ["03-001"]


@pytest.mark.parametrize("who", ["monitor", "coordinator"])
def test_monitor_and_coordinator_see_all_centres(open_as, people, patient, patient_of_brescia, who):
    assert numbers(open_as(getattr(people, who)).get("/patients/")) == ["03-001", "07-001"]


@pytest.mark.parametrize("who", ["statistician", "administrator"])
def test_who_may_not_see_patients_is_told_so(open_as, people, patient, who):
    response = open_as(getattr(people, who)).get("/patients/")
    assert response.status_code == 403
    assert b"view patients" in response.content


def test_patients_are_found_by_number_and_centre(open_as, people, patient, patient_of_brescia):
    monitor = open_as(people.monitor)
    assert numbers(monitor.get("/patients/", {"number": "07"})) == ["07-001"]
    assert numbers(monitor.get("/patients/", {"centre": "3"})) == ["03-001"]


def test_patients_are_found_by_the_state_of_a_form(open_as, people, patient):
    other = new_patient(people.datamanager_03)
    save(Baseline(patient=other, centre_id=3), by=people.datamanager_03)
    client = open_as(people.datamanager_03)
    assert numbers(client.get("/patients/", {"form": "baseline", "state": "in progress"})) == ["03-002"]
    assert numbers(client.get("/patients/", {"form": "baseline", "state": "empty"})) == ["03-001"]
    assert numbers(client.get("/patients/", {"state": "in progress"})) == ["03-002"]


def test_a_repeated_form_shows_its_least_finished_record_and_the_count(open_as, people, patient):
    for number in (1, 2):
        save(InoCycle(patient=patient, centre_id=3, cycle_no=number), by=people.datamanager_03)
    page = open_as(people.datamanager_03).get("/patients/").content.decode()
    assert "INO cycle: 2 records, in progress" in page


def test_fifty_patients_stand_on_a_page(open_as, people):
    for _ in range(51):
        new_patient(people.datamanager_03)
    client = open_as(people.datamanager_03)
    assert len(numbers(client.get("/patients/"))) == 50
    assert numbers(client.get("/patients/", {"page": 2})) == ["03-051"]


def test_the_number_of_queries_does_not_depend_on_the_number_of_patients(
    open_as, people, patient, django_assert_num_queries, django_assert_max_num_queries
):
    client = open_as(people.datamanager_03)
    client.get("/patients/")  # the first page of a session also notes the session
    with django_assert_max_num_queries(22) as few:
        client.get("/patients/")
    for _ in range(5):
        new_patient(people.datamanager_03)
    with django_assert_num_queries(len(few)):
        client.get("/patients/")
