"""The registry's own processes on a committed database: started, killed and started again by the drills."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from analytics.models import Report, Run
from registry.models import User
from tests import databases, processes
from tests.registry.importing import registries

# Longer than a busy machine keeps a worker from renewing it.
LEASE_SECONDS = 4
# 3 in each run of the tests, 20 in `make drill`.
KILLS = int(os.environ.get("DRILL_KILLS", "3"))


class Crew:
    """Workers and beats. What dies is started again by `keep_alive`, as the supervisor does it."""

    def __init__(self, variables: dict[str, str], log: Path) -> None:
        self.variables, self.log = variables, log
        self.running: list[subprocess.Popen[bytes]] = []
        self._starts: dict[int, Callable[[], subprocess.Popen[bytes]]] = {}
        self.deaths = 0

    def worker(self, app: str = "config") -> subprocess.Popen[bytes]:
        return self._start(lambda: processes.start_worker(self.variables, self.log, app=app))

    def beat(self) -> subprocess.Popen[bytes]:
        return self._start(lambda: processes.start_beat(self.variables, self.log))

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def keep_alive(self) -> None:
        for process in [each for each in self.running if each.poll() is not None]:
            self.deaths += 1
            self.running.remove(process)
            self._start(self._starts.pop(process.pid))

    def end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                self.kill(process)

    def wait_until(self, condition: Callable[[], bool], *, seconds: float, what: str) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            self.keep_alive()
            if time.monotonic() > deadline:
                end = self.log.read_text(errors="replace")[-3000:]
                raise AssertionError(f"waited {seconds:.0f} s in vain: {what}. {list(Run.objects.values())} {end}")
            time.sleep(0.05)

    def _start(self, start: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
        process = start()
        self._starts[process.pid] = start
        self.running.append(process)
        return process


@pytest.fixture
def registry(cohort_registry: str, settings: Any) -> Iterator[dict[str, str]]:
    with processes.broker_of(cohort_registry) as variables:
        settings.CELERY_BROKER_URL = variables["CELERY_BROKER_URL"]
        yield variables | {"RUN_LEASE_SECONDS": str(LEASE_SECONDS)}


@pytest.fixture
def crew(registry: dict[str, str], tmp_path: Path) -> Iterator[Crew]:
    crew = Crew(registry, tmp_path / "processes.log")
    yield crew
    crew.end()


@pytest.fixture
def import_crew(committed_registry: str, settings: Any, tmp_path: Path) -> Iterator[Crew]:
    """Beside a registry with centres and without patients."""
    registries.make_centres()
    with processes.broker_of(committed_registry) as variables:
        settings.CELERY_BROKER_URL = variables["CELERY_BROKER_URL"]
        crew = Crew(variables | {"RUN_LEASE_SECONDS": str(LEASE_SECONDS)}, tmp_path / "processes.log")
        yield crew
        crew.end()


@pytest.fixture(scope="session")
def workbooks(django_db_setup: None, django_db_blocker: Any) -> dict[int, bytes]:
    """Of every centre of the reference cohort."""
    with django_db_blocker.unblock():
        databases.make_cohort_template()
        with databases.connected_to(databases.COHORT):
            return registries.workbooks()


@pytest.fixture
def coordinator(registry: dict[str, str]) -> Any:
    return User.objects.get(username="coordinator")


def is_done(run: Run) -> bool:
    return Run.objects.get(pk=run.pk).state == Run.State.DONE


def halves() -> list[Any]:
    """Reports that can be seen and are not whole."""
    reports = Report.objects.prefetch_related("results", "files").select_related("run")
    return [
        report.pk
        for report in reports
        if report.run.state != Run.State.DONE or not report.results.all() or not report.files.all()
    ]
