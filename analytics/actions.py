"""Asking for an analysis, and the life of a run: queued, claimed under a lease, done or failed, perhaps retried.

The database is the queue of record; Celery only wakes a worker.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.models import Kind, Run
from registry.access.permissions import require
from registry.access.roles import Permission
from registry.crf.language import Message, Words, taken_apart
from registry.models.snapshot import Snapshot

MAXIMUM_ATTEMPTS = 3


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
    transaction.on_commit(lambda: wake_worker(run.pk))
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
        transaction.on_commit(lambda: wake_worker(run.pk))


def one_at_a_time(due_at: dt.datetime) -> None:
    """Until this transaction ends, no other run of the same due time passes here."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"snapshot of {due_at.isoformat()}"])


def wake_worker(run_id: int) -> None:
    current_app.send_task("analytics.tasks.analyse_run", args=[run_id])


def claim(run_id: int) -> Run | None:
    """Take the run if nobody holds it; None means that somebody else does, or that it has ended."""
    now = timezone.now()
    free = Q(state=Run.State.QUEUED) | Q(state=Run.State.RUNNING, lease_until__lt=now)
    claimed = Run.objects.filter(free, pk=run_id, attempt__lt=MAXIMUM_ATTEMPTS).update(
        state=Run.State.RUNNING,
        attempt=F("attempt") + 1,
        lease_until=_lease(now),
        started_at=now,
        problem="",
        step="",
    )
    return Run.objects.select_related("definition__run_as", "requested_by").get(pk=run_id) if claimed else None


def renew(run: Run, step: str) -> bool:
    """Say what is being done and keep the lease; False when another worker has taken the run over."""
    mine = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, attempt=run.attempt)
    return mine.update(step=step, lease_until=_lease(timezone.now())) == 1


def fail(run: Run, problem: Words, *, is_final: bool = False) -> None:
    """Give the run back for another attempt, or, after the last, leave it failed with the reason."""
    final = is_final or run.attempt >= MAXIMUM_ATTEMPTS
    Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, attempt=run.attempt).update(
        state=Run.State.FAILED if final else Run.State.QUEUED,
        problem=taken_apart(problem),
        lease_until=None,
        finished_at=timezone.now() if final else None,
    )


def reap(*, now: dt.datetime) -> list[int]:
    """Wake workers for what a dead worker or a lost message left; end what has used up its attempts."""
    left = Run.objects.filter(Q(state=Run.State.QUEUED) | Q(state=Run.State.RUNNING, lease_until__lt=now))
    left.filter(attempt__gte=MAXIMUM_ATTEMPTS).update(
        state=Run.State.FAILED,
        finished_at=now,
        problem=taken_apart(
            Message(
                "Ended after {attempts} attempts: the worker stopped each time before it was done.",
                attempts=MAXIMUM_ATTEMPTS,
            )
        ),
    )
    waiting = list(left.filter(attempt__lt=MAXIMUM_ATTEMPTS).values_list("pk", flat=True))
    for run_id in waiting:
        wake_worker(run_id)
    return waiting


def _lease(now: dt.datetime) -> dt.datetime:
    return now + dt.timedelta(seconds=settings.RUN_LEASE_SECONDS)
