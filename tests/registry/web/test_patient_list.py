"""The list of patients: one's own centres only, every form with its state, found by what is to be done."""

import datetime as dt

import pytest
from django.utils import timezone

from registry.audit.acting import acting_as
from registry.models import Query
from tests.pages import new_patient

pytestmark = pytest.mark.django_db


def numbers(response):
    return [patient.number for patient, _ in response.context["lines"]]


def cells(response, number="03-001"):
    for patient, line in response.context["lines"]:
        if patient.number == number:
            return {cell.title: cell for cell in line if cell}
    raise AssertionError(f"{number} is not on the page")


def test_repeats_are_condensed_and_say_so_in_words(open_as, people, registry):
    cell = cells(open_as(people.monitor).get("/patients/"))["INO cycle"]
    assert (cell.state, cell.fraction, cell.is_overdue) == ("in progress", "0/2", True)
    assert cell.words == "INO cycle: in progress, 0 of 2 complete, overdue"


def test_the_highest_state_and_open_queries_are_shown(open_as, people, registry):
    cell = cells(open_as(people.monitor).get("/patients/"))["GVHD"]
    assert (cell.state, cell.queries) == ("verified", 1)
    assert cell.words == "GVHD: verified, 1 open query"


def test_a_form_that_a_patient_neither_has_nor_owes_has_no_cell(open_as, people, registry):
    assert "Relapse" not in cells(open_as(people.monitor).get("/patients/"))


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"centre": "7"}, ["07-001"]),
        ({"number": "03"}, ["03-001"]),
        ({"form": "baseline", "kind": "in progress"}, ["07-001"]),
        ({"kind": "verified"}, ["03-001"]),
        ({"kind": "overdue"}, ["03-001"]),
        ({"queries": "open"}, ["03-001"]),
        ({"queries": "open-30"}, []),
        ({"queries": "none"}, ["07-001"]),
        ({"queries": "answered"}, []),
        ({"contact": "400"}, ["03-001"]),
        ({"kind": "nonsense"}, ["03-001", "07-001"]),
    ],
)
def test_each_filter_finds_its_own(open_as, people, registry, chosen, found):
    assert numbers(open_as(people.monitor).get("/patients/", chosen)) == found


def test_only_who_may_ask_can_choose_patients(open_as, people, registry):
    assert b'name="about"' in open_as(people.monitor).get("/patients/").content
    assert b'name="about"' not in open_as(people.datamanager_03).get("/patients/").content


def test_a_query_that_has_been_open_for_long_is_found(open_as, people, registry):
    asked_before = timezone.now() - dt.timedelta(days=31)
    with acting_as(people.monitor, "as if asked a month ago", centre=3):
        Query.objects.update(raised_at=asked_before)
    client = open_as(people.datamanager_03)
    assert numbers(client.get("/patients/", {"queries": "open-30"})) == ["03-001"]
    assert numbers(client.get("/patients/", {"queries": "open-90"})) == []


def test_a_data_manager_sees_her_own_centre_only(open_as, people, registry):
    assert numbers(open_as(people.datamanager_03).get("/patients/")) == ["03-001"]


@pytest.mark.parametrize("who", ["monitor", "coordinator"])
def test_monitor_and_coordinator_see_all_centres(open_as, people, registry, who):
    assert numbers(open_as(getattr(people, who)).get("/patients/")) == ["03-001", "07-001"]


@pytest.mark.parametrize("who", ["statistician", "administrator"])
def test_who_may_not_see_patients_is_told_so(open_as, people, patient, who):
    response = open_as(getattr(people, who)).get("/patients/")
    assert response.status_code == 403
    assert b"view patients" in response.content


def test_fifty_patients_stand_on_a_page(open_as, people):
    for _ in range(51):
        new_patient(people.datamanager_03)
    client = open_as(people.datamanager_03)
    assert len(numbers(client.get("/patients/"))) == 50
    assert numbers(client.get("/patients/", {"page": 2})) == ["03-051"]
