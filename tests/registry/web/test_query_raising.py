"""Raising queries: at a field, about a form, the same about many records."""

import pytest

from registry.access.context import scope, system
from registry.models import InoCycle, Query
from registry.web.chosen import token_of
from tests.pages import new_patient, save
from tests.registry.web.work import ask, complete_gvhd, count, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gvhd(people, patient):
    return complete_gvhd(patient, by=people.datamanager_03)


def raised():
    with scope(system("test", read="all")):
        return list(
            Query.objects.order_by("pk").values_list("patient__number", "form_name", "instance_no", "field_name")
        )


def test_each_field_offers_to_ask_to_those_who_may(open_as, people, gvhd):
    address = f"/patients/{gvhd.patient.public_id}/gvhd/"
    assert b"field=agvhd" in open_as(people.monitor).get(address).content
    assert b"/queries/raise/" not in open_as(people.datamanager_03).get(address).content


def test_a_question_about_a_field_leads_back_to_it(open_as, people, gvhd):
    monitor = open_as(people.monitor)
    about = {"about": token_of(gvhd), "field": "agvhd"}
    assert '<option value="agvhd" selected>' in monitor.get("/queries/raise/", about).content.decode()
    response = monitor.post("/queries/raise/", about | {"message": "Was there no rash?"})
    assert response.url == f"/patients/{gvhd.patient.public_id}/gvhd/#line-agvhd"
    assert raised() == [("03-001", "gvhd", None, "agvhd")]


def test_a_field_with_a_query_shows_a_bubble_that_leads_to_it(open_as, people, gvhd):
    query = ask(people, gvhd, field="agvhd", message="Was there no rash?")
    page = open_as(people.datamanager_03).get(f"/patients/{gvhd.patient.public_id}/gvhd/").content.decode()
    line = page[page.index('id="line-agvhd"') : page.index('id="line-agvhd_date"')]
    assert f"/queries/{query.public_id}/" in line
    assert page.count("#sign-query-open") == 2  # in the navigation and at the field


def test_the_patient_page_counts_the_open_queries_of_each_form(open_as, people, gvhd):
    ask(people, gvhd, field="agvhd")
    ask(people, gvhd)
    marks = open_as(people.datamanager_03).get(f"/patients/{gvhd.patient.public_id}/").context["marks"]
    assert (marks.of("gvhd").queries, marks.of("hct").queries) == (2, 0)


def test_the_same_question_goes_to_many_records(open_as, people, patient, gvhd):
    second = new_patient(people.datamanager_07)
    cycle = save(InoCycle(patient=second, centre_id=7, cycle_no=2), by=people.datamanager_07)
    about = [token_of(gvhd), token_of(cycle), f"{second.public_id}/hct/"]
    monitor = open_as(people.monitor)
    shown = text_of(monitor.post("/queries/raise/", {"about": about}))
    for part in ("the same query about 3 records", "03-001 GVHD", "07-001 INO cycle 2", "07-001 Allo-HCT"):
        assert part in shown
    response = monitor.post("/queries/raise/", {"about": about, "message": "Please send the report."}, follow=True)
    assert "3 queries were raised." in text_of(response)
    assert raised() == [
        ("03-001", "gvhd", None, ""),
        ("07-001", "ino_cycle", 2, ""),
        ("07-001", "hct", None, ""),
    ]


def test_patients_chosen_in_a_list_are_asked_about_the_form_that_was_chosen(open_as, people, patient):
    second = new_patient(people.datamanager_03)
    chosen = {"about": [str(patient.public_id), str(second.public_id)], "form": "baseline"}
    monitor = open_as(people.monitor)
    shown = monitor.post("/queries/raise/", chosen)
    about = [token for _record, _title, token in shown.context["records"]]
    monitor.post("/queries/raise/", {"about": about, "field": "hb", "message": "Which unit is used?"})
    assert raised() == [("03-001", "baseline", None, "hb"), ("03-002", "baseline", None, "hb")]


def test_a_question_needs_words(open_as, people, gvhd):
    response = open_as(people.monitor).post("/queries/raise/", {"about": token_of(gvhd), "message": "?"})
    assert response.status_code == 422
    assert "Say what is to be clarified." in text_of(response)
    assert count(Query.objects) == 0


def test_choosing_nothing_leads_back_to_the_list_and_nowhere_else(open_as, people):
    monitor = open_as(people.monitor)
    assert monitor.post("/queries/raise/", {"back": "/patients/?page=2"}).url == "/patients/?page=2"
    assert monitor.post("/queries/raise/", {"back": "https://elsewhere.example/"}).url == "/queries/"


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03", "statistician", "administrator"])
def test_only_the_coordinating_centre_asks(open_as, people, gvhd, who):
    asked = {"about": token_of(gvhd), "message": "May I ask this?"}
    assert open_as(getattr(people, who)).post("/queries/raise/", asked).status_code == 403


@pytest.mark.parametrize(
    "about", ["nonsense", "00000000-0000-0000-0000-000000000000/gvhd/", "{patient}/centre/", "{patient}/x/"]
)
def test_what_is_not_a_record_is_not_found(open_as, people, patient, about):
    asked = {"about": about.format(patient=patient.public_id), "message": "Is it there?"}
    assert open_as(people.monitor).post("/queries/raise/", asked).status_code == 404


def test_an_item_of_another_form_is_not_found(open_as, people, gvhd):
    asked = {"about": token_of(gvhd), "field": "hb", "message": "Is it there?"}
    assert open_as(people.monitor).post("/queries/raise/", asked).status_code == 404


def test_only_who_may_ask_can_choose_patients_in_the_list(open_as, people, patient):
    assert f'value="{patient.public_id}"'.encode() in open_as(people.monitor).get("/patients/").content
    assert b'name="about"' not in open_as(people.datamanager_03).get("/patients/").content
