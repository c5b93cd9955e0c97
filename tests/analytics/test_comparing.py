"""From two reports to the page that says what changed between them."""

import datetime as dt

import pytest

from analytics import actions, comparing, publish
from analytics.models import Comparison, Report
from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.save_record import save_record
from registry.models import Death, User
from tests.pages import log_in

pytestmark = pytest.mark.slow
REASON = "the letter of the ward names another day"


@pytest.fixture
def coordinator(cohort_registry):
    return User.objects.get(username="coordinator")


@pytest.fixture
def changed(coordinator):
    """Two reports, and between them a death that was moved by a data manager; the number of the patient."""
    publish.carry_out(actions.request_run(by=coordinator).pk)
    user = User.objects.get(username="datamanager-03")
    with scope(claims_of(user)):
        death = Death.objects.select_related("patient").first()
        death.death_date += dt.timedelta(days=40)
        save_record(death, by=user, expected_version=death.version, reason=REASON)
    publish.carry_out(actions.request_run(by=coordinator).pk)
    return death.patient.number


def stored(coordinator):
    with scope(claims_of(coordinator)):
        return Comparison.objects.get()


def test_the_newest_report_is_compared_with_the_one_before_once(changed, coordinator):
    assert comparing.compute_waiting() == 1
    assert comparing.compute_waiting() == 0
    (patient,) = stored(coordinator).document["patients"]
    (change,) = patient["changes"]
    assert patient["patient"] == changed
    assert change["change"]["field"] == "death_date"
    assert (change["author"]["name"], change["author"]["reason"]) == ("datamanager-03", REASON)
    assert patient["effects"]


def test_the_page_names_patient_item_author_reason_and_the_numbers_before_and_now(changed, coordinator):
    comparing.compute_waiting()
    later, earlier = Report.objects.all()
    page = log_in(coordinator).get(f"/reports/changes/{earlier.public_id}/{later.public_id}/").content.decode()
    for text in (changed, "Date of death", "datamanager-03", REASON, "Without this change"):
        assert text in page
    with scope(claims_of(coordinator)):
        address = f"/patients/{Death.objects.get(patient__number=changed).patient.public_id}/"
    assert address in page


def test_the_numbers_over_time_are_drawn_for_the_statistician_who_sees_no_patient(changed, coordinator):
    comparing.compute_waiting()
    later, earlier = Report.objects.all()
    client = log_in(User.objects.get(username="statistician"))
    page = client.get("/reports/changes/").content.decode()
    assert "over-time" in page
    assert "Show what changed" not in page
    assert client.get(f"/reports/changes/{earlier.public_id}/{later.public_id}/").status_code == 404


def test_two_reports_of_ones_choice_are_compared_the_earlier_first(changed, coordinator):
    later, earlier = Report.objects.all()
    client = log_in(coordinator)
    answer = client.post("/reports/changes/compare/", {"one": str(later.public_id), "other": str(earlier.public_id)})
    assert answer.url == f"/reports/changes/{earlier.public_id}/{later.public_id}/"
    assert "being compared" in client.get(answer.url).content.decode()
    assert comparing.compute_waiting() == 1
    assert "Effect on the headline numbers" in client.get(answer.url).content.decode()


def test_a_comparison_that_fails_says_so_and_can_be_tried_again(changed, coordinator, monkeypatch):
    monkeypatch.setattr(comparing, "compare", lambda *_: 1 / 0)
    for _ in range(5):
        comparing.compute_waiting()
    failed = stored(coordinator)
    assert (failed.attempts, failed.problem) == (3, "ZeroDivisionError: division by zero")
    monkeypatch.undo()
    with scope(claims_of(coordinator)):
        comparing.ask(failed.earlier, failed.later, by=coordinator)
    assert comparing.compute_waiting() == 1


def test_the_database_shows_a_comparison_to_nobody_who_reads_one_centre_only(changed, coordinator):
    comparing.compute_waiting()
    with scope(claims_of(User.objects.get(username="datamanager-03"))):
        assert not Comparison.objects.exists()
