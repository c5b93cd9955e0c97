"""From two reports to the page that says what changed between them."""

import pytest

from analytics import comparing
from analytics.models import Comparison, Report
from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.models import Death, User
from tests.pages import log_in
from tests.published import CHANGED, REASON

pytestmark = pytest.mark.slow


@pytest.fixture
def coordinator(reported_registry):
    return User.objects.get(username="coordinator")


def stored(coordinator):
    with scope(claims_of(coordinator)):
        return Comparison.objects.get()


def test_the_newest_report_is_compared_with_the_one_before_once(coordinator):
    assert comparing.compute_waiting() == 1
    assert comparing.compute_waiting() == 0
    (patient,) = stored(coordinator).document["patients"]
    (change,) = patient["changes"]
    assert patient["patient"] == CHANGED
    assert change["change"]["field"] == "death_date"
    assert (change["author"]["name"], change["author"]["reason"]) == ("datamanager-03", REASON)
    assert patient["effects"]


def test_the_page_names_patient_item_author_reason_and_the_numbers_before_and_now(coordinator):
    comparing.compute_waiting()
    later, earlier = Report.objects.all()
    page = log_in(coordinator).get(f"/reports/changes/{earlier.public_id}/{later.public_id}/").content.decode()
    for text in (CHANGED, "Date of death", "datamanager-03", REASON, "Without this change"):
        assert text in page
    with scope(claims_of(coordinator)):
        address = f"/patients/{Death.objects.get(patient__number=CHANGED).patient.public_id}/"
    assert address in page


def test_the_numbers_over_time_are_drawn_for_the_statistician_who_sees_no_patient(coordinator):
    comparing.compute_waiting()
    later, earlier = Report.objects.all()
    client = log_in(User.objects.get(username="statistician"))
    page = client.get("/reports/changes/").content.decode()
    assert "over-time" in page
    assert "Show what changed" not in page
    assert client.get(f"/reports/changes/{earlier.public_id}/{later.public_id}/").status_code == 404


def test_two_reports_of_ones_choice_are_compared_the_earlier_first(coordinator):
    later, earlier = Report.objects.all()
    client = log_in(coordinator)
    answer = client.post("/reports/changes/compare/", {"one": str(later.public_id), "other": str(earlier.public_id)})
    assert answer.url == f"/reports/changes/{earlier.public_id}/{later.public_id}/"
    assert "being compared" in client.get(answer.url).content.decode()
    assert comparing.compute_waiting() == 1
    assert "Effect on the headline numbers" in client.get(answer.url).content.decode()


def test_a_comparison_that_fails_says_so_and_can_be_tried_again(coordinator, monkeypatch):
    monkeypatch.setattr(comparing, "compare", lambda *_: 1 / 0)
    for _ in range(5):
        comparing.compute_waiting()
    failed = stored(coordinator)
    assert (failed.attempts, failed.problem) == (3, "ZeroDivisionError: division by zero")
    monkeypatch.undo()
    with scope(claims_of(coordinator)):
        comparing.ask(failed.earlier, failed.later, by=coordinator)
    assert comparing.compute_waiting() == 1


def test_the_database_shows_a_comparison_to_nobody_who_reads_one_centre_only(coordinator):
    comparing.compute_waiting()
    with scope(claims_of(User.objects.get(username="datamanager-03"))):
        assert not Comparison.objects.exists()
