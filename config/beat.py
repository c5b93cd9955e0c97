"""Beat that survives a restart of the broker."""

from typing import Any

from celery.beat import Scheduler, SchedulingError


class HealingScheduler(Scheduler):
    """Celery's scheduler in memory, with a new broker connection after a failed send.

    Celery keeps its first connection for ever, so that after a restart of PostgreSQL no task is sent again.
    Nothing is stored between starts: the due times of runs stand in the database.
    """

    def apply_async(self, entry: Any, producer: Any = None, advance: bool = True, **options: Any) -> Any:
        try:
            return super().apply_async(entry, producer=producer, advance=advance, **options)
        except SchedulingError:
            self.close()  # drops connection and producer, which are made anew when asked for
            return super().apply_async(entry, producer=self.producer, advance=False, **options)
