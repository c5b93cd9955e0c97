"""The history of all centres: for those who review it, at a fixed cost."""

import csv
from io import StringIO

import pytest

from registry.models import Baseline, InoCycle
from tests.pages import new_patient, save

pytestmark = pytest.mark.django_db


def shown(response):
    return [(str(row.patient), row.title) for row in response.context["rows"] if row.patient]


@pytest.mark.parametrize("who", ["monitor", "coordinator"])
def test_monitor_and_coordinator_review_all_centres(open_as, people, patient, patient_of_brescia, who):
    response = open_as(getattr(people, who)).get("/history/")
    assert shown(response) == [("07-001", "Patient"), ("03-001", "Patient")]


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03", "statistician", "administrator"])
@pytest.mark.parametrize("address", ["/history/", "/history/changes.csv"])
def test_others_are_told_which_right_they_lack(open_as, people, patient, who, address):
    response = open_as(getattr(people, who)).get(address)
    assert response.status_code == 403
    assert b"review the history of all centres" in response.content


def test_a_centre_is_chosen(open_as, people, patient, patient_of_brescia):
    client = open_as(people.monitor)
    assert shown(client.get("/history/", {"centre": "7"})) == [("07-001", "Patient")]
    (chip,) = client.get("/history/", {"centre": "7"}).context["chips"]
    assert (chip.value, chip.without) == ("07 Brescia", "?")


def test_centre_field_and_person_are_chosen_together(open_as, people, patient, patient_of_brescia):
    save(Baseline(patient=patient_of_brescia, centre_id=7, ecog="1"), by=people.datamanager_07)
    save(Baseline(patient=patient, centre_id=3, ecog="1"), by=people.datamanager_03)
    chosen = {"centre": "7", "field": "baseline.ecog", "person": str(people.datamanager_07.pk)}
    assert shown(open_as(people.monitor).get("/history/", chosen)) == [("07-001", "Baseline")]


def test_each_patient_is_a_link_and_repeats_have_their_number(open_as, people, patient):
    save(InoCycle(patient=patient, centre_id=3, cycle_no=4), by=people.datamanager_03)
    response = open_as(people.monitor).get("/history/")
    assert shown(response)[0] == ("03-001", "INO cycle 4")
    assert f'href="/patients/{patient.public_id}/"' in response.content.decode()


def test_the_file_names_patient_and_centre_of_each_change(open_as, people, patient, patient_of_brescia):
    response = open_as(people.coordinator).get("/history/changes.csv", {"field": "patient.sex"})
    rows = csv.DictReader(StringIO(response.content.decode("utf-8-sig")))
    assert [(row["centre"], row["patient"], row["new"]) for row in rows] == [
        ("07", "07-001", "female"),
        ("03", "03-001", "female"),
    ]


def test_the_number_of_queries_does_not_depend_on_the_number_of_changes(
    open_as, people, patient, django_assert_num_queries, django_assert_max_num_queries
):
    save(InoCycle(patient=patient, centre_id=3, cycle_no=1), by=people.datamanager_03)
    client = open_as(people.monitor)
    client.get("/history/")
    with django_assert_max_num_queries(25) as few:
        client.get("/history/")
    for number in range(2, 5):
        save(
            InoCycle(patient=new_patient(people.datamanager_07), centre_id=7, cycle_no=number), by=people.datamanager_07
        )
    with django_assert_num_queries(len(few)):
        client.get("/history/")


def test_the_navigation_leads_there(open_as, people):
    titles = [entry.title for entry in open_as(people.monitor).get("/patients/").context["navigation"]]
    assert "History" in titles
