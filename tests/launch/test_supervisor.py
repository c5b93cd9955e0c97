import os
import signal
import time

import pytest

from launch import supervisor
from launch.postgres import PostgresError
from launch.supervisor import Child, Supervisor
from tests.launch.test_processes import is_alive
from tests.services import wait_until

pytestmark = pytest.mark.slow


class Database:
    """Stands in for a cluster: what PostgreSQL does after a kill is tested with the real one."""

    def __init__(self):
        self.ready = True
        self.starts = 0
        self.fails = False

    def is_ready(self):
        return self.ready

    def start(self):
        self.starts += 1
        if self.fails:
            raise PostgresError("disk full")
        self.ready = True


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(supervisor, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(supervisor, "DATABASE_CHECK_SECONDS", 0.0)
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.5)


def supervise(tmp_path, *commands, database=None):
    children = [Child(f"child{n}", ["/bin/sh", "-c", command], tmp_path) for n, command in enumerate(commands)]
    return Supervisor(database or Database(), children, dict(os.environ))


def tick_until(supervised, is_true, what):
    def attempt():
        supervised.tick()
        return is_true()

    wait_until(attempt, what, seconds=10)


def test_a_child_that_was_killed_is_started_again(tmp_path, quick, capsys):
    supervised = supervise(tmp_path, "exec sleep 600")
    child = supervised.children[0]
    supervised.tick()
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    tick_until(supervised, lambda: child.process and child.process.pid != first, "another process")
    assert "child0 ended (killed by SIGKILL); starting it again" in capsys.readouterr().out
    supervised.stop()


def test_a_child_that_keeps_dying_is_started_ever_later(tmp_path, quick, monkeypatch):
    monkeypatch.setattr(supervisor, "SHORTEST_DELAY", 0.01)
    monkeypatch.setattr(supervisor, "LONGEST_DELAY", 0.05)
    supervised = supervise(tmp_path, "exit 3")
    child = supervised.children[0]
    child.delay = 0.01
    delays = []
    tick_until(supervised, lambda: delays.append(child.delay) or child.delay == 0.05, "the longest delay")
    assert delays == sorted(delays)
    supervised.stop()


def test_stopping_ends_a_child_that_does_not_want_to_and_its_children(tmp_path, quick):
    supervised = supervise(tmp_path, f"trap '' TERM; sleep 600 & echo $! > {tmp_path}/grandchild; wait; wait")
    supervised.tick()
    wait_until((tmp_path / "grandchild").exists, "the grandchild", seconds=5)
    time.sleep(0.1)
    grandchild = (tmp_path / "grandchild").read_text().strip()
    supervised.stop()
    assert supervised.children[0].process.returncode == -signal.SIGKILL
    wait_until(lambda: not is_alive(grandchild), "the grandchild has ended", seconds=5)


def test_a_database_that_does_not_answer_is_started_again(tmp_path, quick, capsys):
    database = Database()
    supervised = supervise(tmp_path, database=database)
    database.ready = False
    database.fails = True
    supervised.tick()
    assert "disk full" in capsys.readouterr().out
    database.fails = False
    supervised.tick()
    assert database.starts == 2
    assert "The database answers again." in capsys.readouterr().out


def test_warnings_of_a_child_reach_the_terminal(tmp_path, quick, capsys):
    supervised = supervise(tmp_path, "echo level=WARNING message=careful; exec sleep 600")
    tick_until(supervised, lambda: "child0: warning: careful" in capsys.readouterr().out, "the warning")
    supervised.stop()


def test_a_signal_asks_the_supervisor_to_stop(tmp_path, quick):
    supervised = supervise(tmp_path)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        supervised.listen_for_signals()
        os.kill(os.getpid(), signal.SIGTERM)
        assert supervised.stopping
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
