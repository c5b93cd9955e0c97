"""Asking for an analysis, and the life of a run: queued, claimed under a lease, done or failed, perhaps retried.

The database is the queue of record; Celery only wakes a worker.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from celery import current_app
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.models import Kind, Run
from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions import leases
from registry.crf.language import Message, taken_apart
from registry.models.snapshot import Snapshot


class RunRefused(ValueError):
    """What was asked for is no report; the text says what is."""


def request_run(
    *,
    by: Any,
    kind: str = Kind.FULL_ANALYSIS,
    centre: int | None = None,
    data_state: str = Snapshot.DataState.COMPLETE,
    snapshot: Snapshot | None = None,
    due_at: dt.datetime | None = None,
) -> Run:
    """Queue a report now, with the rights of the one who asks; of a snapshot, or of one that is taken for it.

    Reports of the same due time and data state share their snapshot.
    """
    require(by, Permission.TAKE_SNAPSHOT)
    if (kind == Kind.CENTRE_REPORT) != (centre is not None):
        raise RunRefused(_("A centre report is of one centre, every other report of the whole registry."))
    run = Run.objects.create(
        kind=kind,
        centre_id=centre,
        data_state=data_state,
        snapshot=snapshot,
        due_at=due_at or timezone.now(),
        requested_by=by,
    )
    transaction.on_commit(lambda: wake_worker(run.pk), robust=True)
    return run


def request_of_every_centre(*, by: Any, centres: Iterable[int], data_state: str) -> list[Run]:
    """A centre report for each, all from one snapshot."""
    due_at = timezone.now()
    return [
        request_run(by=by, kind=Kind.CENTRE_REPORT, centre=centre, data_state=data_state, due_at=due_at)
        for centre in centres
    ]


def retry_run(run: Run, *, by: Any) -> None:
    """Give a failed run three more attempts, for the same due time. Two who press at once retry it once."""
    require(by, Permission.TAKE_SNAPSHOT)
    retried = Run.objects.filter(pk=run.pk, state=Run.State.FAILED).update(
        state=Run.State.QUEUED,
        attempt=0,
        problem="",
        started_at=None,
        finished_at=None,
        retried_by=by,
        retried_at=timezone.now(),
    )
    if retried:
        transaction.on_commit(lambda: wake_worker(run.pk), robust=True)


def one_at_a_time(due_at: dt.datetime) -> None:
    """Until this transaction ends, no other run of the same due time passes here."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"snapshot of {due_at.isoformat()}"])


def wake_worker(run_id: int) -> None:
    """Called once all is committed, and allowed to fail: what no broker tells of, the reaper finds."""
    current_app.send_task("analytics.tasks.analyse_run", args=[run_id])


def claim(run_id: int) -> Run | None:
    """Take the run if nobody holds it; None means that somebody else does, or that it has ended."""
    if not leases.claim(Run.objects, run_id, started_at=timezone.now()):
        return None
    return Run.objects.select_related("definition__run_as", "requested_by").get(pk=run_id)


def held(run: Run) -> Any:
    """The row as long as this attempt holds it."""
    return leases.mine(Run.objects, run)


def reap(*, now: dt.datetime) -> list[int]:
    """Wake workers for what a dead worker or a lost message left; end what has used up its attempts."""
    problem = Message(
        "Ended after {attempts} attempts: the worker stopped each time before it was done.",
        attempts=leases.MAXIMUM_ATTEMPTS,
    )
    waiting = leases.left_behind(Run.objects, now=now, problem=taken_apart(problem))
    for run_id in waiting:
        wake_worker(run_id)
    return waiting
