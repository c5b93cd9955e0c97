"""A lease renewed beside a long transaction, on a connection of its own, so that others see the progress."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from registry.actions.leases import WorkLost, lease_end


class Heartbeat:
    """`held` is the row as long as this attempt holds it; `scope` opens a transaction with the right to write it."""

    def __init__(self, held: Any, scope: Callable[[], AbstractContextManager[None]]) -> None:
        self._progress: dict[str, Any] = {}
        self._held, self._scope = held, scope
        self._end, self._lost = threading.Event(), False
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def tell(self, **progress: Any) -> None:
        """What the next beat writes. Raises WorkLost where the last one found the row in other hands."""
        self._progress = progress
        if self._lost:
            raise WorkLost

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._end.wait(min(1.0, settings.RUN_LEASE_SECONDS / 4)):
                with suppress(DatabaseError):  # the lease covers several beats
                    self._renew()
        finally:
            connections.close_all()

    def _renew(self) -> None:
        with self._scope():
            self._lost = not self._held.all().update(lease_until=lease_end(timezone.now()), **self._progress)


@contextmanager
def heartbeat(held: Any, scope: Callable[[], AbstractContextManager[None]]) -> Iterator[Heartbeat]:
    beat = Heartbeat(held, scope)
    beat.start()
    try:
        yield beat
    finally:
        beat.stop()
