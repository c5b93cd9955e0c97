"""What there is to do on the patient page: the next task of each reader, queries, remarks, states, what is overdue."""

import datetime as dt

import pytest

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.states import sign_records, verify_record
from registry.models import Eligibility, FollowUp, InoCycle, RegistrySettings, Transplant
from tests.pages import save
from tests.registry.web.work import answer, ask, close, complete_gvhd, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(open_as, people, patient):
    """The context of the patient's page as one of the people sees it."""
    return lambda who: open_as(getattr(people, who)).get(f"/patients/{patient.public_id}/").context


def entry(context, form):
    return next(row.entries[0] for row in context["rows"] if row.form == form)


def test_a_data_manager_starts_the_first_form_that_is_expected(page):
    assert page("datamanager_03")["task"].title == "Start: Eligibility"


def test_a_data_manager_continues_what_is_in_progress(page, patient, people):
    save(Eligibility(patient=patient, centre_id=3), by=people.datamanager_03)
    task = page("datamanager_03")["task"]
    assert (task.title, task.url.endswith("/eligibility/")) == ("Continue: Eligibility", True)


def test_a_data_manager_answers_once_nothing_is_left_to_fill_in(page, patient, people, monkeypatch):
    monkeypatch.setattr("registry.web.patient.next_task.steps", lambda records: iter(()))
    ask(people, complete_gvhd(patient, by=people.datamanager_03), field="agvhd")
    assert page("datamanager_03")["task"].title == "Answer: GVHD: Acute GVHD"


def test_an_investigator_signs_what_is_complete(page, patient, people):
    complete_gvhd(patient, by=people.datamanager_03)
    task = page("investigator_03")["task"]
    assert (task.title, task.url.startswith("/sign/?about=")) == ("Sign: 2 complete records", True)


def test_a_monitor_first_closes_what_was_answered_and_then_verifies(page, patient, people):
    query = ask(people, complete_gvhd(patient, by=people.datamanager_03), field="agvhd")
    assert page("monitor")["task"].title == "Verify: Patient"
    answer(query, by=people.datamanager_03)
    assert page("monitor")["task"].title == "Close: GVHD: Acute GVHD"


def test_a_coordinator_without_anything_to_close_is_told_that_there_is_nothing_to_do(open_as, people, patient):
    response = open_as(people.coordinator).get(f"/patients/{patient.public_id}/")
    assert response.context["task"] is None
    assert "Nothing to do here for you." in text_of(response)


def test_while_the_registry_is_frozen_no_task_is_offered(open_as, people, patient, registry_frozen):
    assert "Start: Eligibility" not in text_of(open_as(people.datamanager_03).get(f"/patients/{patient.public_id}/"))


def test_queries_stand_with_the_weightiest_first_each_with_its_item_and_what_this_reader_does(page, patient, people):
    cycle = save(InoCycle(patient=patient, centre_id=3, cycle_no=1), by=people.datamanager_03)
    gvhd = complete_gvhd(patient, by=people.datamanager_03)
    asked = ask(people, gvhd, field="cgvhd")
    ask(people, cycle, field="d1_date")
    answer(asked, by=people.datamanager_03)
    found = page("datamanager_03")["queries"]
    assert [(each.title, each.to_do, each.query.state) for each in found] == [
        ("INO cycle 1: Day 1: date of dose", "Answer", "open"),
        ("GVHD: Chronic GVHD", "", "answered"),
    ]
    assert found[0].item_url.endswith(f"/ino_cycle/{cycle.public_id}/#line-d1_date")
    assert [each.to_do for each in page("monitor")["queries"]] == ["", "Close"]


def test_a_closed_query_is_not_shown(page, patient, people):
    query = ask(people, complete_gvhd(patient, by=people.datamanager_03))
    answer(query, by=people.datamanager_03)
    close(query, by=people.monitor)
    assert page("datamanager_03")["queries"] == []


def test_a_finding_that_has_raised_its_query_is_no_remark_nor_once_it_is_settled(page, patient, people):
    patient.age_rr = 16  # an adolescent
    save(patient, by=people.datamanager_03, complete=True, reason="letter", expected_version=1)
    context = page("datamanager_03")
    (asked,) = context["queries"]
    assert (asked.query.check_id, context["remarks"]) == ("C04", [])
    answer(asked.query, by=people.datamanager_03)
    close(asked.query, by=people.monitor)
    context = page("datamanager_03")
    assert (context["queries"], context["remarks"]) == ([], [])


def test_a_finding_of_a_draft_is_a_remark(page, patient, people):
    save(InoCycle(patient=patient, centre_id=3, cycle_no=1, d1_date=dt.date(2020, 5, 1)), by=people.datamanager_03)
    save(Transplant(patient=patient, centre_id=3, hct_date=dt.date(2020, 1, 1)), by=people.datamanager_03)
    assert "C15" in [remark.finding.check_id for remark in page("datamanager_03")["remarks"]]


def test_the_highest_of_complete_verified_and_signed_is_shown(page, patient, people):
    gvhd = complete_gvhd(patient, by=people.datamanager_03)
    assert entry(page("monitor"), "gvhd").state == "complete"
    with scope(claims_of(people.monitor)):
        verify_record(gvhd, by=people.monitor, fields=["agvhd"])
    assert entry(page("monitor"), "gvhd").state == "complete"  # not the whole record
    with scope(claims_of(people.monitor)):
        verify_record(gvhd, by=people.monitor, fields=[])
    assert entry(page("monitor"), "gvhd").state == "verified"
    people.investigator_03.set_password("a password")
    with scope(claims_of(people.investigator_03)):
        sign_records([gvhd], by=people.investigator_03, password="a password")
    assert entry(page("monitor"), "gvhd").state == "signed"


def test_what_the_status_board_calls_overdue_is_overdue_here(open_as, people, page, patient):
    first = dt.date(2020, 1, 1)
    save(InoCycle(patient=patient, centre_id=3, cycle_no=1, d1_date=first), by=people.datamanager_03)
    context, days = page("datamanager_03"), (dt.date.today() - first).days - 100
    late = {row.form: row.entries[0].days_late if row.entries else row.days_late for row in context["rows"]}
    board = open_as(people.datamanager_03).get("/board/forms/?kind=overdue").context["lines"]
    assert {form for form, each in late.items() if each is not None} == {line.row.form for line in board}
    assert late["baseline"] in (days, days - 1)  # the day of the registry's own time zone
    assert late["patient"] is None  # it is complete


def test_after_an_old_contact_the_next_visit_is_the_next_thing_to_do(page, patient, people, monkeypatch):
    monkeypatch.setattr("registry.web.patient.next_task.steps", lambda records: iter(()))
    visit = FollowUp(patient=patient, centre_id=3, instance_no=1, visit_date=dt.date(2020, 1, 1), alive=True)
    save(visit, by=people.datamanager_03)
    task = page("datamanager_03")["task"]
    assert (task.title, task.url.endswith("/follow_up/new/")) == ("Start: Follow-up", True)


@pytest.fixture
def registry_frozen(people):
    with scope(claims_of(people.coordinator)):
        RegistrySettings.objects.update_or_create(pk=1, defaults={"frozen_at": dt.datetime.now(dt.UTC)})
