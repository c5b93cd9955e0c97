"""An import, or its undoing, that stands still on a connection of its own: it has written, and has not committed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

from registry.actions.importing import carry_out

PATIENCE_SECONDS = 60


@contextmanager
def paused(work: Callable[[], Any]) -> Iterator[None]:
    """`work` imports or undoes; the block runs while its first patients are held. Afterwards it goes on to its end."""
    reached, go_on = threading.Event(), threading.Event()
    steps = {name: getattr(carry_out, name) for name in ("import_rows", "undo")}

    def stand_still(done: int, total: int) -> None:
        reached.set()
        assert go_on.wait(PATIENCE_SECONDS)

    def run() -> None:
        try:
            work()
        finally:
            reached.set()
            connections.close_all()

    for name, step in steps.items():
        setattr(carry_out, name, lambda batch, *, tell, step=step: step(batch, tell=stand_still))
    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert reached.wait(PATIENCE_SECONDS) and thread.is_alive()
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '5s'")  # who waits fails, and does not stop the tests
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("reset lock_timeout")
        go_on.set()
        thread.join(PATIENCE_SECONDS)
        for name, step in steps.items():
            setattr(carry_out, name, step)
