"""Processor time of the web process and of its database backend: what a page costs, however busy the machine is."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

RUNS = 5


@dataclass(frozen=True)
class Cost:
    """Medians in milliseconds; `queries` is the number of database queries."""

    processor: float
    elapsed: float
    queries: int


def cost_of(work: Callable[[], object], *, runs: int = RUNS) -> Cost:
    work()  # templates, connection and query plans are warm, as in a server
    measured = [_once(work) for _ in range(runs)]
    with CaptureQueriesContext(connection) as asked:
        work()
    processor, elapsed = (1000 * median(each) for each in zip(*measured, strict=True))
    return Cost(processor, elapsed, len(asked))


def _once(work: Callable[[], object]) -> tuple[float, float]:
    started, used = time.perf_counter(), _processor_seconds()
    work()
    return _processor_seconds() - used, time.perf_counter() - started


def _processor_seconds() -> float:
    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.process_time() + int(backend.read_text().split()[0]) / 1e9
