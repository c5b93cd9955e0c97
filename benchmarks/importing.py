"""One workbook of many patients: read, imported, undone; as ratios to a plain loop over the ORM and to a plain COPY.

Run by `make bench ARGS=importing`; the table goes to docs/performance-importing.md. A patient number has three digits
behind the centre, so a centre has 999 patients at most: for this measurement alone the registry takes five digits.
"""

import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.memory import forget_highest_memory, highest_memory

PATIENTS = 10_000  # or as many as BENCH_PATIENTS says, where the machine is busy
CENTRE = 5
REASON = "measured import"
REPORT = Path(__file__).resolve().parent.parent / "docs" / "performance-importing.md"


@dataclass(frozen=True)
class Measured:
    """One way to bring the same rows into the registry."""

    title: str
    seconds: float
    processor: float  # of this process and those that it started
    memory: int  # highest of this process meanwhile, in MB


def main() -> None:
    os.environ.setdefault("REGISTRY_ENVIRONMENT", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from benchmarks.empty_registry import empty_registry, workbook_of

    patients = int(os.environ.get("BENCH_PATIENTS", PATIENTS))
    with empty_registry() as others:
        content = workbook_of(patients, centre=CENTRE)
        measured = []
        for each in _of_import(content):
            measured.append(each)
            if each.title == "import":
                measured += others.orm_loop_and_copy()
    text = "\n".join(_report(patients, len(content), measured))
    REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _of_import(content: bytes) -> Iterator[Measured]:
    from registry.access.context import scope
    from registry.access.permissions import claims_of
    from registry.actions.importing.batches import bring_in, request_import, request_undo
    from registry.models import ImportBatch
    from registry.transfer.importing.job import work_on
    from tests.registry.importing.registries import data_manager

    by = data_manager(CENTRE)
    with scope(claims_of(by)):
        batch, _is_new = bring_in(content, name="workbook.xlsx", centre=by.centre, by=by)
    yield timed("read, compare, check", lambda: work_on(batch.pk))
    for title, ask in (("import", request_import), ("undo", request_undo)):
        with scope(claims_of(by)):
            batch = ImportBatch.objects.get(pk=batch.pk)
            assert not batch.problem, batch.problem
            ask(batch, by=by, reason=REASON)
        yield timed(title, partial(work_on, batch.pk))


def timed(title: str, work: Callable[[], Any]) -> Measured:
    forget_highest_memory()
    began, processor = time.perf_counter(), _processor()
    work()
    measured = Measured(title, time.perf_counter() - began, _processor() - processor, highest_memory())
    sys.stderr.write(f"{measured}\n")
    return measured


def _processor() -> float:
    own, started = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


def _report(patients: int, size: int, measured: list[Measured]) -> Iterator[str]:
    by_title = {each.title: each for each in measured}
    loop, copy = by_title["plain loop over the ORM"], by_title["plain COPY"]
    yield "# A workbook of many patients"
    yield ""
    yield f"Written by `make bench ARGS=importing` on {platform.system()} with Python {platform.python_version()},"
    yield f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}. {patients:,} patients in one workbook of"
    yield f"{size / 1024 / 1024:.1f} MB. Memory is the highest of the working process meanwhile (512 MB are allowed)."
    yield ""
    yield "| step | seconds | of which processor here | memory, MB | ratio to the ORM loop | ratio to COPY |"
    yield "|---|--:|--:|--:|--:|--:|"
    for each in measured:
        ratios = f"{each.seconds / loop.seconds:.1f} | {each.seconds / copy.seconds:.0f}"
        yield f"| {each.title} | {each.seconds:.0f} | {each.processor:.0f} | {each.memory} | {ratios} |"
    yield ""
    yield "The loop saves the same records one by one, without checks, comparison or queries of rules, under the same"
    yield "triggers; COPY puts the same rows into tables without triggers, indexes or isolation."
    yield ""


if __name__ == "__main__":
    main()
