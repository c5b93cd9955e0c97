"""Work that a worker owns for a while: claimed by one update, renewed while it lasts, taken over when a lease runs out.

For any model with the fields `state`, `attempt`, `lease_until`, `step`, `problem` and `finished_at`. The database is
the queue of record; the broker only wakes a worker.
"""

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

MAXIMUM_ATTEMPTS: Final = 3
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"


class WorkLost(Exception):
    """Another worker has taken the work over: what was made here is not published."""


OUT_OF_ATTEMPTS: Final = f"Ended after {MAXIMUM_ATTEMPTS} attempts: the worker stopped each time before it was done."


def claim(work: Any, key: int, **values: Any) -> bool:
    """Take the work if nobody holds it; False where somebody else does, or where it has ended. `work` is a queryset."""
    now = timezone.now()
    free = Q(state=QUEUED) | Q(state=RUNNING, lease_until__lt=now)
    taken = work.filter(free, pk=key, attempt__lt=MAXIMUM_ATTEMPTS).update(
        state=RUNNING, attempt=F("attempt") + 1, lease_until=lease_end(now), problem="", step="", **values
    )
    return bool(taken == 1)


def renew(held: Any, step: str) -> None:
    """Say what is being done and keep the lease. `held` is what `mine` gives."""
    if held.update(step=step, lease_until=lease_end(timezone.now())) != 1:
        raise WorkLost


def finish(held: Any, **results: Any) -> None:
    """End the work with what came of it."""
    ended = held.update(state=DONE, step="", lease_until=None, finished_at=timezone.now(), **results)
    if ended != 1:
        raise WorkLost


def fail(held: Any, attempt: int, problem: Any, *, for_good: bool = False) -> None:
    """Give the work back for another attempt, or, after the last, leave it failed with the reason."""
    final = for_good or attempt >= MAXIMUM_ATTEMPTS
    held.update(
        state=FAILED if final else QUEUED,
        problem=problem,
        lease_until=None,
        finished_at=timezone.now() if final else None,
    )


def mine(work: Any, row: Any) -> Any:
    """The row as long as this attempt holds it."""
    return work.filter(pk=row.pk, state=RUNNING, attempt=row.attempt)


def left_behind(work: Any, *, now: dt.datetime, problem: Any = OUT_OF_ATTEMPTS) -> list[int]:
    """What a dead worker or a lost message left, to be woken again; what has used up its attempts is ended."""
    left = work.filter(Q(state=QUEUED) | Q(state=RUNNING, lease_until__lt=now))
    left.filter(attempt__gte=MAXIMUM_ATTEMPTS).update(state=FAILED, finished_at=now, problem=problem)
    return list(left.filter(attempt__lt=MAXIMUM_ATTEMPTS).values_list("pk", flat=True))


def lease_end(now: dt.datetime) -> dt.datetime:
    return now + dt.timedelta(seconds=settings.RUN_LEASE_SECONDS)
