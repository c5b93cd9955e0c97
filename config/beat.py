"""Beat that survives a restart of the broker and shows that it is alive."""

from contextlib import suppress
from typing import Any

from celery.beat import Scheduler, SchedulingError
from django.db import DatabaseError, close_old_connections

from analytics.models import Heartbeat
from analytics.scheduling import heartbeats


class HealingScheduler(Scheduler):
    """Celery's scheduler in memory, with a new broker connection after a failed send.

    Celery keeps its first connection for ever, so that after a restart of PostgreSQL no task is sent again.
    Nothing is stored between starts: the due times of runs stand in the database.
    """

    def tick(self, *arguments: Any, **options: Any) -> float:
        """Send what is due; the sign of life may fail, the sending not."""
        seconds = super().tick(*arguments, **options)
        close_old_connections()
        with suppress(DatabaseError):
            heartbeats.seen(Heartbeat.Process.BEAT)
        return float(seconds)

    def apply_async(self, entry: Any, producer: Any = None, advance: bool = True, **options: Any) -> Any:
        try:
            return super().apply_async(entry, producer=producer, advance=advance, **options)
        except SchedulingError:
            self.close()  # drops connection and producer, which are made anew when asked for
            return super().apply_async(entry, producer=self.producer, advance=False, **options)
