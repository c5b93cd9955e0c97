"""The outcomes page in a browser: from a number to its patients; groups by keyboard; a death moves the curve."""

import datetime as dt
import os
import re
import signal

import pytest
from playwright.sync_api import expect

from registry.models import Patient
from tests import processes
from tests.browser import keyboard
from tests.browser.conftest import DATABASE

pytestmark = pytest.mark.browser

AT_LAST = 180_000  # ms: the machine may be busy; where nothing else runs it takes a few seconds


@pytest.fixture
def recomputing(site, tmp_path, django_db_blocker):
    """A worker and a beat, as they stand beside the web server."""
    log = tmp_path / "processes.log"
    with django_db_blocker.unblock(), processes.broker_of(DATABASE) as variables:
        started = [processes.start_worker(variables, log), processes.start_beat(variables, log)]
        yield log
        for process in started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def alive(in_registry):
    """A patient of centre 3 alive in remission, and the day after the last contact."""
    with in_registry():
        found = Patient.objects.filter(centre=3, death=None, relapse_set=None, followup_set__isnull=False)
        patient = found.earliest("number")
        last = patient.followup_set.latest("visit_date").visit_date
    return patient, last + dt.timedelta(days=1)


PLACES = {
    "a card": ".card-first .count-link >> nth=0",
    "a grade": ".grades .count-link >> nth=4",
    "a table": "#flow .count-link >> nth=0",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_number_opens_as_many_patients(open_as, place):
    page = open_as("monitor")
    page.goto("/outcomes/")
    link = page.locator(place)
    number = int(link.inner_text())
    link.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile(rf"^{number} patients?$"))
    expect(page.locator(".outcome-patients tbody tr")).to_have_count(number)
    page.locator(".outcome-patients tbody a").first.press("Enter")
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))


def test_groups_are_compared_by_keyboard(open_as):
    page = open_as("statistician")
    page.goto("/outcomes/")
    expect(page.locator("#overall-survival-figure")).to_be_visible()
    keyboard.tab_to(page, "#group")
    keyboard.select(page, "donor")
    expect(page.locator("#survival-by-donor-figure")).to_be_visible()
    expect(page.locator("#incidence-by-donor-figure")).to_be_visible()
    expect(page.locator("#overall-survival-figure")).to_have_count(0)
    expect(page.locator("#survival-by-donor")).to_contain_text("Between the groups")
    assert page.evaluate("document.activeElement.id") == "group"
    assert page.url.endswith("?group=donor")


def test_the_curve_is_read_month_by_month_with_the_arrow_keys_after_another_group_was_chosen(open_as):
    page = open_as("statistician")
    page.goto("/outcomes/")
    page.select_option("#group", "blinatumomab")
    reader = page.locator("#survival-by-blinatumomab-figure .figure-reader")
    expect(reader).to_be_visible()
    reader.locator("input").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(reader.locator("output")).to_have_text(re.compile("^3 months: "))


@pytest.mark.slow
def test_a_death_that_is_entered_moves_the_curve_by_itself(open_as, recomputing, alive):
    patient, day = alive
    outcomes = open_as("coordinator")
    outcomes.goto("/outcomes/")
    deaths = outcomes.locator(".card-first .count-link").first
    curve = outcomes.locator("#overall-survival-figure svg")
    number, drawn = int(deaths.inner_text()), curve.inner_html()
    form = open_as("datamanager-03")
    form.goto(f"/patients/{patient.public_id}/death/")
    form.fill("#id_death_date", day.isoformat())
    form.select_option("#id_cause", "sepsis")
    form.check("[name=contributing][value=none]")
    form.check("[name=in_remission][value='1']")
    form.get_by_role("button", name="Save and mark complete").click()
    form.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    expect(deaths).to_have_text(str(number + 1), timeout=AT_LAST)
    assert curve.inner_html() != drawn
    deaths.click()
    expect(outcomes.locator(".outcome-patients")).to_contain_text(patient.number)
