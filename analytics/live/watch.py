"""Whether the outcomes page is behind the registry, and asking for the next computation."""

import datetime as dt
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction

from analytics.models import LiveOutcomes, LiveRun
from analytics.models.live import UNFINISHED
from analytics.reports.software import code_version
from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions import leases
from registry.actions.take_snapshot import changes_since, has_other_cut_off


def look() -> LiveRun | None:
    """Queue a computation if one is due and none is under way. A change during one makes another."""
    if LiveRun.objects.filter(state__in=UNFINISHED).exists() or not is_due():
        return None
    return queue()


def ask(*, by: Any) -> LiveRun | None:
    """Queue a computation now, whether or not anything has changed; None where one is under way."""
    require(by, Permission.TAKE_SNAPSHOT)
    return queue()


def queue() -> LiveRun | None:
    """One at a time waits or runs: the database sees to it, whoever asks."""
    LiveRun.objects.bulk_create([LiveRun()], ignore_conflicts=True)
    run = LiveRun.objects.filter(state=LiveRun.State.QUEUED).first()
    if run is not None:
        number = run.pk
        transaction.on_commit(lambda: wake_worker(number), robust=True)
    return run


def is_due() -> bool:
    """Nothing was computed yet, by this code, or to this cut-off; or changes were made and have settled.

    What failed is tried again after a change only: the same rows would fail again.
    """
    newest = LiveOutcomes.objects.select_related("snapshot").defer("headline", "sections", "by_group").first()
    failed = LiveRun.objects.filter(state=LiveRun.State.FAILED).first()
    if failed is None and (newest is None or _is_outdated(newest)):
        return True
    changes = changes_since(newest.snapshot if newest else None)
    if changes is None or (failed is not None and changes.last_at < failed.created_at):
        return False
    return changes.have_settled(quiet=settings.LIVE_QUIET, longest=settings.LIVE_LONGEST_WAIT)


def _is_outdated(outcomes: LiveOutcomes) -> bool:
    return outcomes.code_version != code_version() or has_other_cut_off(outcomes.snapshot)


def reap(*, now: dt.datetime) -> None:
    """Wake a worker for what a dead one or a lost message left."""
    for number in leases.left_behind(LiveRun.objects, now=now):
        wake_worker(number)


def wake_worker(number: int) -> None:
    current_app.send_task("analytics.tasks.compute_live_outcomes", args=[number])
