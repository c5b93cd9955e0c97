"""Signs of life of beat and workers, so that pages can say when there are none."""

import datetime as dt
from typing import Final

from django.utils import timezone

from analytics.models import Heartbeat, ReportDefinition, Run

# Beat ticks every minute and a worker has a task of beat as often.
LONGEST_SILENCE: Final = dt.timedelta(minutes=5)


def seen(process: Heartbeat.Process) -> None:
    Heartbeat.objects.bulk_create(
        [Heartbeat(process=process, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["process"],
        update_fields=["seen_at"],
    )


def silent(*, now: dt.datetime) -> list[Heartbeat]:
    """The kinds of process that somebody waits for in vain; `seen_at` is None where there never was one."""
    if not _is_anything_expected():
        return []
    known = {heartbeat.process: heartbeat for heartbeat in Heartbeat.objects.all()}
    if Run.objects.filter(state=Run.State.RUNNING, lease_until__gt=now).exists():
        known[Heartbeat.Process.WORKER] = Heartbeat(process=Heartbeat.Process.WORKER, seen_at=now)  # it keeps a lease
    found = [known.get(process) or Heartbeat(process=process) for process in Heartbeat.Process]
    return [each for each in found if each.seen_at is None or each.seen_at < now - LONGEST_SILENCE]


def _is_anything_expected() -> bool:
    waiting = Run.objects.filter(state__in=(Run.State.QUEUED, Run.State.RUNNING))
    return waiting.exists() or ReportDefinition.objects.filter(is_active=True).exists()
