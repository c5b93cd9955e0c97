"""Queries between two desks: asked about many records at once, answered by the centre, closed by the monitor."""

import re

import pytest

from registry.models import Query
from tests.browser import arranging

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "Was chronic GVHD looked for after the taper of immunosuppression?"


def test_one_question_about_many_records_is_answered_by_the_centre_and_closed_by_the_monitor(
    open_as, in_registry, picture
):
    with in_registry():
        patients = [arranging.copy_of("03-005", without=["death"]) for _ in range(2)]
    numbers = sorted(str(patient) for patient in patients)
    monitor, centre = open_as("monitor"), open_as("datamanager-03")
    ask_about(monitor, numbers, picture)
    for number in numbers:
        answer(centre, number, "Confirmed", "Looked for at every visit.")
        picture(centre, "story-query-answered")
        close(monitor, number)
    with in_registry():
        queries = Query.objects.filter(message=QUESTION)
        assert sorted(str(query.patient) for query in queries) == numbers
        assert {(query.form_name, query.state, query.answer) for query in queries} == {("gvhd", "closed", "confirmed")}


def ask_about(page, numbers, picture):
    """From the list of complete GVHD forms of one centre."""
    page.goto("/board/forms/")
    page.get_by_label("Centre", exact=True).select_option(label="03 Baltimore")
    page.get_by_label("Form", exact=True).select_option(label="GVHD")
    page.get_by_label("State", exact=True).select_option("complete")
    page.get_by_role("button", name="Show").click()
    for number in numbers:
        page.get_by_role("checkbox", name=re.compile(number)).check()
    page.get_by_role("button", name="Raise a query about the chosen …").click()
    page.get_by_label("Question to the centre").fill(QUESTION)
    picture(page, "story-one-question-about-many")
    page.get_by_role("button", name="Raise the query").click()
    page.get_by_text("2 queries were raised.").wait_for()


def open_query(page, number, *, state, question=QUESTION):
    page.goto("/queries/")
    page.get_by_label("Patient number").fill(number)
    page.get_by_label("State").select_option(state)
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=question).click()


def answer(page, number, answer, text, **which):
    open_query(page, number, state="open", **which)
    page.get_by_label(re.compile(answer, re.IGNORECASE)).check()
    page.get_by_label("Reason or remark").fill(text)
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("The answer was sent").wait_for()


def close(page, number, **which):
    open_query(page, number, state="answered", **which)
    page.get_by_role("button", name="Close the query").click()
    page.get_by_text("The query is closed.").wait_for()


ECOG = "ECOG 3 before INO and transplant is unusual. Confirm."


@pytest.fixture
def asked(in_registry):
    """A patient about whom a rule asks."""
    with in_registry():
        patient = arranging.copy_of("03-005", ecog="3")
        assert state_of(patient) == "open"
        return patient


def test_a_query_of_a_rule_closes_itself_when_the_value_is_corrected(open_as, in_registry, asked):
    page = open_as("datamanager-03")
    change(page, asked, ecog="1")
    with in_registry():
        assert state_of(asked) == "closed"
    page.goto(f"/queries/?patient={asked}&state=closed")
    page.get_by_role("link", name=ECOG).click()
    assert "The finding is gone: closed by the rule." in page.inner_text("main")


def test_a_query_answered_data_unavailable_never_returns_for_the_same_value(open_as, in_registry, asked):
    centre, monitor = open_as("datamanager-03"), open_as("monitor")
    answer(centre, str(asked), "unavailable", "The chart of that week is lost.", question=ECOG)
    change(centre, asked, wbc="7.7")
    with in_registry():
        assert state_of(asked) == "answered"
    close(monitor, str(asked), question=ECOG)
    change(centre, asked, wbc="7.8")
    with in_registry():
        assert state_of(asked) == "closed"
    change(centre, asked, ecog="4")
    with in_registry():
        assert state_of(asked) == "reopened"


def change(page, patient, *, ecog="", wbc=""):
    page.goto(f"{arranging.address_of(patient)}baseline/")
    if ecog:
        page.locator(f"[name=ecog][value='{ecog}']").check()
    if wbc:
        page.get_by_label("White blood cells").first.fill(wbc)
    page.get_by_label("Reason for change").fill("corrected from the source document")
    page.get_by_role("button", name="Save changes").click()
    page.wait_for_url(lambda url: "/baseline/?then" in url or url.endswith(arranging.address_of(patient)))


def state_of(patient):
    return Query.objects.get(patient=patient, check_id="C38").state
