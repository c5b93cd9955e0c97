"""Each due time becomes one run, whichever scheduler sees it first."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from analytics.actions import wake_worker
from analytics.models import ReportDefinition, Run
from analytics.scheduling.due_times import last_due
from registry.access.permissions import require
from registry.access.roles import Permission


def queue_all_due(*, now: dt.datetime) -> None:
    """Queue the run of every active definition whose time has come."""
    for definition in ReportDefinition.objects.filter(is_active=True).select_related("run_as"):
        queue_due(definition, now=now)


def queue_due(definition: ReportDefinition, *, now: dt.datetime) -> Run | None:
    """Queue the run of the newest due time; None where there is nothing due or another scheduler was first.

    After hours in which the machine was off, older due times are left out: their report would say the same.
    """
    due_at = last_due(definition.schedule, now=now)
    if due_at < definition.effective_from:
        return None
    return _queue(definition, due_at)


def run_now(definition: ReportDefinition, *, by: Any) -> None:
    """Have the report made now, as if it were due: with the rights and for the recipients of the definition."""
    require(by, Permission.FREEZE)
    _queue(definition, timezone.now())


def _queue(definition: ReportDefinition, due_at: dt.datetime) -> Run | None:
    run, created = Run.objects.get_or_create(
        definition=definition,
        due_at=due_at,
        defaults={
            "kind": definition.kind,
            "centre": definition.centre,
            "data_state": definition.data_state,
            "requested_by": definition.run_as,
        },
    )
    if not created:
        return None
    transaction.on_commit(lambda: wake_worker(run.pk), robust=True)
    return run
