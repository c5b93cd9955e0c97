"""Every run with its state and reason, who may see what of it, and the second chance."""

import datetime as dt

import pytest
from django.utils import timezone

from analytics.actions import request_run
from analytics.models import Delivery, Heartbeat, ReportDefinition, Run
from analytics.scheduling import heartbeats
from analytics.scheduling.definitions import save_definition
from registry.audit.acting import acting_as
from registry.crf.language import Message, taken_apart
from tests.analytics.published import publish_nothing
from tests.pages import log_in

pytestmark = pytest.mark.django_db

PROBLEM = "The database could not be reached, or stopped while the analysis ran."


@pytest.fixture
def run(people):
    return request_run(by=people.coordinator)


@pytest.fixture
def failed(run):
    Run.objects.update(
        state=Run.State.FAILED, attempt=3, problem=taken_apart(Message(PROBLEM)), finished_at=timezone.now()
    )
    return run


def page_of(user, query=""):
    return log_in(user).get(f"/reports/runs/{query}").content.decode()


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03"])
def test_a_centre_sees_no_runs(people, run, who):
    assert log_in(getattr(people, who)).get("/reports/runs/").status_code == 404


def test_a_failed_run_says_why_after_how_many_attempts(people, failed):
    page = page_of(people.administrator)
    assert PROBLEM in page
    assert "attempt 3 of 3" in page


def test_the_list_is_narrowed_by_state_and_to_what_is_partial(people, run):
    done = publish_nothing(people.coordinator, problems=["Overall survival: no patient is left"])
    found = {
        state: {each.pk for each in log_in(people.coordinator).get(f"/reports/runs/?state={state}").context["runs"]}
        for state in ("queued", "done", "partial", "failed", "")
    }
    assert found == {
        "queued": {run.pk},
        "done": {done.run_id},
        "partial": {done.run_id},
        "failed": set(),
        "": {run.pk, done.run_id},
    }


def test_a_partial_report_names_what_it_lacks_to_those_who_read_reports(people):
    publish_nothing(people.coordinator, problems=["Overall survival: no patient is left"])
    assert "Overall survival: no patient is left" in page_of(people.statistician)
    assert "no patient is left" not in page_of(people.administrator)
    assert "partial" in page_of(people.administrator)


def test_a_recipient_who_got_no_mail_is_named_with_the_reason(people):
    report = publish_nothing(people.coordinator)
    Delivery.objects.create(report=report, user=people.monitor, problem=Delivery.Problem.REFUSED)
    assert "No mail to monitor: the mail server did not take it" in page_of(people.administrator)


def test_the_table_asks_again_every_two_seconds_while_a_run_is_not_finished(people, run):
    client = log_in(people.coordinator)
    for address in ("/reports/", "/reports/runs/?state=queued"):
        assert f'hx-get="{address}" hx-trigger="every 2s"' in client.get(address).content.decode()
        part = client.get(address, HTTP_HX_REQUEST="true")
        assert "<html" not in part.content.decode()
        assert "HX-Refresh" not in part
    Run.objects.update(state="done")
    for address in ("/reports/", "/reports/runs/"):
        assert "hx-trigger" not in client.get(address).content.decode()
        assert client.get(address, HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"


def test_who_runs_analyses_retries_what_failed(people, failed):
    response = log_in(people.statistician).post(f"/reports/runs/{failed.public_id}/retry/")
    assert response.url == "/reports/runs/"
    assert Run.objects.get().state == Run.State.QUEUED
    assert "Retried by statistician on" in page_of(people.coordinator)


@pytest.mark.parametrize("who", ["monitor", "administrator", "datamanager_03"])
def test_nobody_else_retries(people, failed, who):
    client = log_in(getattr(people, who))
    assert client.post(f"/reports/runs/{failed.public_id}/retry/").status_code == 404
    assert Run.objects.get().state == Run.State.FAILED


def test_what_is_overdue_is_told_with_the_last_success_and_the_next_due_time(people):
    definition = save_definition(
        ReportDefinition(name="Every night", schedule="0 2 * * *"), recipients=[], by=people.coordinator
    )
    assert "overdue" not in page_of(people.administrator)
    report = publish_nothing(people.coordinator, definition=definition)
    long_ago = timezone.now() - dt.timedelta(days=2)
    Run.objects.update(due_at=long_ago, finished_at=long_ago)
    move_back(definition)
    page = page_of(people.administrator)
    assert "<strong>Every night</strong>: overdue since" in page
    assert f"Last successful run {timezone.localtime(long_ago):%Y-%m-%d %H:%M}" in page
    assert "Nothing for 48 hours" in page
    assert "Next due" in page
    assert str(report.public_id) not in page


def move_back(definition):
    with acting_as(definition.run_as):
        ReportDefinition.objects.update(effective_from=timezone.now() - dt.timedelta(days=30))


def test_missing_processes_are_told_while_a_run_waits(people, run):
    page = page_of(people.administrator)
    assert "No worker has been seen: nothing is computed until one runs. Tell the administrator." in page
    for process in Heartbeat.Process:
        heartbeats.seen(process)
    assert "has been seen" not in page_of(people.administrator)


def test_the_number_of_queries_does_not_grow_with_the_runs(people, django_assert_max_num_queries):
    for _ in range(3):
        report = publish_nothing(people.coordinator)
        Delivery.objects.create(report=report, user=people.monitor)
    client = log_in(people.coordinator)
    with django_assert_max_num_queries(30):
        client.get("/reports/runs/")
