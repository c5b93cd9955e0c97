"""What did not come, and what a reader of the newest analysis must know."""

import datetime as dt

import pytest
from django.utils import timezone

from analytics.models import Heartbeat, Report, Run
from analytics.scheduling import heartbeats, lateness
from registry.audit.acting import acting_as
from registry.crf.language import Message, taken_apart
from registry.models import Snapshot

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(dt.datetime(2026, 11, 30, 12))
DUE = timezone.make_aware(dt.datetime(2026, 11, 30, 6))
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def weekly(define):
    """Every Monday at 06:00, for months."""
    definition = define()
    definition.effective_from = NOW - 100 * 24 * HOUR
    with acting_as(definition.run_as):
        definition.save()
    return definition


def run_of(definition, *, due_at=DUE, state=Run.State.DONE, **fields):
    times = {"finished_at": due_at + dt.timedelta(minutes=1)} if state in (Run.State.DONE, Run.State.FAILED) else {}
    return Run.objects.create(
        definition=definition, due_at=due_at, state=state, requested_by=definition.run_as, **times | fields
    )


def report_of(run):
    snapshot = Snapshot.objects.create(taken_by=run.requested_by, n_patients=0, dictionary_version="d", sha256="a" * 64)
    return Report.objects.create(
        run=run,
        kind=run.kind,
        snapshot=snapshot,
        published_at=run.finished_at,
        document={},
        provenance=[],
        sha256="b" * 64,
    )


def test_a_definition_whose_last_due_time_was_done_is_not_overdue(weekly):
    run_of(weekly)
    assert lateness.overdue(now=NOW) == []


@pytest.mark.parametrize("state", [None, Run.State.QUEUED, Run.State.RUNNING, Run.State.FAILED])
def test_a_quarter_of_an_hour_after_its_time_it_is_overdue(weekly, state):
    run_of(weekly, due_at=DUE - 7 * 24 * HOUR)
    if state:
        run_of(weekly, state=state)
    assert lateness.overdue(now=DUE + dt.timedelta(minutes=14)) == []
    (late,) = lateness.overdue(now=NOW)
    assert (late.due_at, late.next_due) == (DUE, DUE + 7 * 24 * HOUR)
    assert (late.last_success, late.hours) == (DUE - 7 * 24 * HOUR + dt.timedelta(minutes=1), 7 * 24 + 5)


def test_before_its_first_due_time_and_while_it_is_paused_nothing_is_overdue(define):
    define(name="New")
    define(name="Paused", is_active=False)
    assert lateness.overdue(now=timezone.now()) == []


def test_a_definition_of_every_minute_is_overdue_after_a_quarter_of_an_hour_without_a_report(define):
    definition = define(schedule="* * * * *")
    began = definition.effective_from
    assert lateness.overdue(now=began + dt.timedelta(minutes=14)) == []
    assert len(lateness.overdue(now=began + dt.timedelta(minutes=17))) == 1


def test_the_newest_full_analysis_is_stale_once_a_run_failed_after_it(weekly):
    report = report_of(run_of(weekly, due_at=DUE - 7 * 24 * HOUR))
    failed = run_of(weekly, state=Run.State.FAILED, problem=taken_apart(Message("The disk was full.")))
    found = lateness.stale(now=NOW)
    assert (found.report, str(found.reason)) == (report, "the run due 2026-11-30 06:00 failed: The disk was full.")
    failed.delete()
    report_of(run_of(weekly))
    assert lateness.stale(now=NOW) is None


def test_it_is_stale_as_well_when_the_run_never_came(weekly):
    report_of(run_of(weekly, due_at=DUE - 7 * 24 * HOUR))
    assert str(lateness.stale(now=NOW).reason) == "the run due 2026-11-30 06:00 has not been done"


def test_where_nothing_is_scheduled_and_nothing_failed_nothing_is_stale(people):
    assert lateness.stale(now=NOW) is None


def test_silence_is_told_while_somebody_waits(weekly):
    assert [(each.process, each.seen_at) for each in heartbeats.silent(now=timezone.now())] == [
        ("beat", None),
        ("worker", None),
    ]
    for process in Heartbeat.Process:
        heartbeats.seen(process)
        heartbeats.seen(process)
    assert heartbeats.silent(now=timezone.now()) == []
    later = timezone.now() + dt.timedelta(minutes=6)
    assert [each.process for each in heartbeats.silent(now=later)] == ["beat", "worker"]


def test_a_worker_that_keeps_a_lease_is_alive(weekly):
    run_of(weekly, state=Run.State.RUNNING, lease_until=NOW + HOUR)
    assert [each.process for each in heartbeats.silent(now=NOW)] == ["beat"]


def test_silence_is_not_told_where_nobody_waits(people):
    assert heartbeats.silent(now=NOW) == []
