"""What did not come when it was due, and whether the newest analysis is still what it should be."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import Max, Q
from django.utils import timezone

from analytics.models import Kind, Report, ReportDefinition, Run
from analytics.scheduling.due_times import last_due, next_due
from registry.crf.language import Message, Words

# A run waits for its worker and is computed within this time.
GRACE: Final = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Overdue:
    """An active definition whose report has not come."""

    definition: ReportDefinition
    due_at: dt.datetime
    last_success: dt.datetime | None
    next_due: dt.datetime
    hours: int


@dataclass(frozen=True)
class Stale:
    """The newest full analysis, if there is any, and why there should be a newer one."""

    report: Report | None
    reason: Words


def overdue(*, now: dt.datetime) -> list[Overdue]:
    """Active definitions with a due time, longer ago than a run takes, after which no run has been done."""
    done = Q(runs__state=Run.State.DONE)
    definitions = ReportDefinition.objects.filter(is_active=True).annotate(
        done_due=Max("runs__due_at", filter=done), done_at=Max("runs__finished_at", filter=done)
    )
    return [late for definition in definitions if (late := _lateness(definition, now))]


def _lateness(definition: ReportDefinition, now: dt.datetime) -> Overdue | None:
    due_at = last_due(definition.schedule, now=now - GRACE)
    done_due: dt.datetime | None = definition.done_due  # type: ignore[attr-defined]
    if due_at < definition.effective_from or (done_due is not None and done_due >= due_at):
        return None
    done_at: dt.datetime | None = definition.done_at  # type: ignore[attr-defined]
    (coming,) = next_due(definition.schedule, now=now)
    hours = (now - (done_at or definition.effective_from)) // dt.timedelta(hours=1)
    return Overdue(definition, due_at, done_at, coming, hours)


def stale(*, now: dt.datetime) -> Stale | None:
    """Why the newest full analysis is not the one that should be there; None while it is."""
    report = Report.objects.filter(kind=Kind.FULL_ANALYSIS).select_related("snapshot").defer("document").first()
    failed = Run.objects.filter(kind=Kind.FULL_ANALYSIS, state=Run.State.FAILED)
    if report is not None:
        failed = failed.filter(finished_at__gt=report.published_at)
    if run := failed.order_by("-finished_at").first():
        reason = Message("the run due {due} failed: {problem}", due=_time(run.due_at), problem=run.problem_in_words)
        return Stale(report, reason)
    late = [each for each in overdue(now=now) if each.definition.kind == Kind.FULL_ANALYSIS]
    if late:
        return Stale(report, Message("the run due {due} has not been done", due=_time(late[0].due_at)))
    return None


def _time(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
