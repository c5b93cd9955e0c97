"""The list of queries: one's own centres, open ones first of all, ordered by what they do to the analyses."""

import datetime as dt

import pytest
from django.utils import timezone

from registry.access.context import scope, system
from registry.audit.acting import acting_as
from registry.models import Query
from tests.pages import new_patient
from tests.registry.web.work import answer, ask, close, complete_gvhd

pytestmark = pytest.mark.django_db


def asked(response):
    return [row.query.message for row in response.context["rows"]]


@pytest.fixture
def gvhd(people, patient):
    return complete_gvhd(patient, by=people.datamanager_03)


def test_a_centre_sees_its_own_queries_and_the_monitor_all(open_as, people, patient, patient_of_brescia):
    ask(people, patient, message="asked of Baltimore")
    ask(people, patient_of_brescia, message="asked of Brescia")
    assert asked(open_as(people.datamanager_03).get("/queries/")) == ["asked of Baltimore"]
    assert asked(open_as(people.monitor).get("/queries/")) == ["asked of Baltimore", "asked of Brescia"]


@pytest.mark.parametrize("who", ["statistician", "administrator"])
def test_roles_without_patients_have_no_list(open_as, people, who):
    assert open_as(getattr(people, who)).get("/queries/").status_code == 403


def test_what_decides_the_outcome_stands_before_what_is_older(open_as, people, patient, gvhd):
    ask(people, gvhd, field="agvhd", message="other")
    ask(people, patient, field="sex", message="a factor of the models")
    assert asked(open_as(people.datamanager_03).get("/queries/")) == ["a factor of the models", "other"]


def test_without_a_filter_the_open_ones_are_shown_and_answered_ones_wait_for_the_monitor(open_as, people, gvhd):
    first, second = ask(people, gvhd, message="first question"), ask(people, gvhd, message="second question")
    answer(first, by=people.datamanager_03)
    monitor = open_as(people.monitor)
    assert asked(monitor.get("/queries/")) == ["second question"]
    assert asked(monitor.get("/queries/", {"state": "answered"})) == ["first question"]
    close(second, by=people.monitor)
    assert asked(monitor.get("/queries/", {"state": "closed"})) == ["second question"]
    assert len(asked(monitor.get("/queries/", {"state": "all"}))) == 2


def test_each_filter_finds_its_own(open_as, people, patient, patient_of_brescia, gvhd):
    by_person = ask(people, gvhd, message="a question of the monitor")
    with acting_as(people.monitor, "a rule of the test", centre=7):
        Query.objects.create(
            patient=patient_of_brescia, centre_id=7, form_name="hct", check_id="C73", message="found by a rule"
        )
    with acting_as(people.monitor, "made older for the test", centre=3):
        Query.objects.filter(pk=by_person.pk).update(raised_at=timezone.now() - dt.timedelta(days=40))
    monitor = open_as(people.monitor)
    for question, filters in {
        "a question of the monitor": [
            {"centre": 3},
            {"form": "gvhd"},
            {"by": "person"},
            {"age": 30},
            {"patient": "03-"},
        ],
        "found by a rule": [{"centre": 7}, {"form": "hct"}, {"by": "rule"}, {"check": "C73"}, {"patient": "07-001"}],
    }.items():
        for chosen in filters:
            assert asked(monitor.get("/queries/", chosen)) == [question], chosen
    assert asked(monitor.get("/queries/", {"age": 90})) == []


def test_a_row_leads_to_the_very_field(open_as, people, gvhd):
    ask(people, gvhd, field="agvhd")
    client = open_as(people.datamanager_03)
    row = client.get("/queries/").context["rows"][0]
    assert (row.form, row.item, row.query.days_open) == ("GVHD", "Acute GVHD", 0)
    address = client.get(f"/queries/{row.query.public_id}/item/").url
    assert address == f"/patients/{gvhd.patient.public_id}/gvhd/#line-agvhd"


def test_the_state_is_a_shape_a_colour_and_a_word(open_as, people, gvhd):
    ask(people, gvhd)
    page = open_as(people.datamanager_03).get("/queries/").content.decode()
    assert (
        '<span class="state state-open"><svg class="sign" aria-hidden="true"><use href="#sign-query-open"/></svg> open'
        in page
    )


def test_the_navigation_counts_the_open_queries_of_ones_centres(open_as, people, patient, patient_of_brescia):
    for record in (patient, patient, patient_of_brescia):
        ask(people, record)
    for who, number in (("datamanager_03", 2), ("monitor", 3)):
        entries = open_as(getattr(people, who)).get("/patients/").context["navigation"]
        assert [entry.open_queries for entry in entries if entry.title == "Queries"] == [number]


def test_fifty_queries_stand_on_a_page_at_a_fixed_number_of_database_queries(
    open_as, people, patient, django_assert_num_queries, django_assert_max_num_queries
):
    ask(people, patient)
    client = open_as(people.monitor)
    client.get("/queries/")
    with django_assert_max_num_queries(25) as few:
        client.get("/queries/")
    for _ in range(5):
        ask(people, new_patient(people.datamanager_07))
    with (
        scope(
            system(
                "test",
                read="all",
            )
        ),
        acting_as(people.monitor, "many for the test", centre=3),
    ):
        Query.objects.bulk_create(
            Query(patient=patient, centre_id=3, form_name="hct", message=f"question {n}") for n in range(50)
        )
    with django_assert_num_queries(len(few)):
        response = client.get("/queries/")
    assert (len(asked(response)), response.context["page"].paginator.count) == (50, 56)
