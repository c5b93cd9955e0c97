"""`make run` itself, on an empty registry of its own: what is killed comes back, and nothing is left behind."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.services import ROOT, free_port, open_folder, status_of, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.fault]


class Registry:
    """One `make run` in a folder of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self.output = folder / "output.txt"
        environment = dict(os.environ) | {"REGISTRY_FOLDER": str(folder), "REAPER_SECONDS": "1"}
        environment.pop("MAKELEVEL", None)
        with self.output.open("wb") as output:
            self.runner = subprocess.Popen(
                [sys.executable, "-m", "launch", "run", "--empty", "--port", str(self.port)],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    def wait_until_it_runs(self) -> None:
        def runs():
            assert self.runner.poll() is None, self.output.read_text()
            return "The registry runs" in self.output.read_text()

        wait_until(runs, f"the registry runs: {self.output}", seconds=120)

    def processes(self, words: str = "") -> dict[int, str]:
        """The living processes of this registry whose command line holds the words; the runner is not among them."""
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) in {self.runner.pid, os.getpid()}:
                continue
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                belongs = f"REGISTRY_FOLDER={self.folder}".encode() in (entry / "environ").read_bytes()
                is_zombie = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            except OSError:
                continue
            if (belongs or str(self.folder) in command) and words in command and not is_zombie:
                found[int(entry.name)] = command
        return found

    def answers(self) -> bool:
        return status_of(f"http://127.0.0.1:{self.port}/health/") == 200

    def tasks_done(self) -> int:
        logs = "".join(path.read_text() for path in (self.folder / "log").glob("worker-*.log"))
        return len(re.findall(r"Task analytics\.tasks\.\w+\[\S+ succeeded", logs))


@contextmanager
def run_in(folder: Path) -> Iterator[Registry]:
    registry = Registry(folder)
    try:
        registry.wait_until_it_runs()
        yield registry
    finally:
        registry.runner.kill()
        registry.runner.wait()


def kill(pids) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with open_folder() as path:
        yield path


@pytest.fixture(scope="module")
def registry(folder):
    with run_in(folder) as registry:
        yield registry


@pytest.mark.parametrize("name", ["gunicorn", "worker-1@", "worker-2@", "config beat"])
def test_a_killed_process_is_started_again(registry, name):
    wait_until(lambda: registry.processes(name), f"{name} runs")
    before = registry.processes(name)
    kill([min(before)])
    wait_until(lambda: set(registry.processes(name)) - set(before), f"{name} runs again")
    wait_until(lambda: not set(registry.processes(name)) & set(before), f"nothing is left of the {name} before")
    wait_until(registry.answers, "the web server answers")


def test_background_work_goes_on_when_what_waits_for_it_is_killed(registry):
    """The processes of a pool, where a worker has one: one that waits may hold what the others wait for."""
    wait_until(registry.tasks_done, "a first task is done")
    for worker in ("worker-1@", "worker-2@"):
        main, *pool = sorted(registry.processes(worker))
        kill(pool or [main])
    done = registry.tasks_done()
    wait_until(lambda: registry.tasks_done() > done + 2, "tasks are done again")


def test_after_the_database_was_killed_pages_and_scheduled_tasks_come_back(registry):
    wait_until(registry.tasks_done, "a first task is done")
    kill(registry.processes("bin/postgres"))
    wait_until(lambda: not registry.answers(), "the database is gone", seconds=10)
    wait_until(registry.answers, "the web server has its database again", seconds=20)
    done = registry.tasks_done()
    wait_until(lambda: registry.tasks_done() > done + 1, "beat sends and the worker works")


def test_a_second_run_is_told_where_the_first_one_is(registry):
    second = Registry(registry.folder)
    assert second.runner.wait(20) == 1
    assert f"This registry runs already: http://127.0.0.1:{registry.port}/" in second.output.read_text()


def test_a_killed_runner_leaves_no_process_and_nothing_that_stops_the_next(registry):
    assert len(registry.processes()) >= 6
    registry.runner.kill()
    registry.runner.wait()
    wait_until(lambda: not registry.processes(), "every process has ended", seconds=15)

    with run_in(registry.folder) as again:
        assert again.answers()
        again.runner.send_signal(signal.SIGINT)
        assert again.runner.wait(30) == 0
        assert again.processes() == {}
        assert not (again.folder / "postgres" / "postmaster.pid").exists()
