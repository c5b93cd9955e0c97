"""Keeps the processes of the registry running: starts them, starts again what died, ends them all."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from launch.log_file import LogFile
from launch.postgres import Cluster, PostgresError
from launch.processes import dying_with_parent
from launch.terminal import say

ROOT = Path(__file__).resolve().parent.parent
TICK_SECONDS = 0.2
DATABASE_CHECK_SECONDS = 2.0
STOP_SECONDS = 15.0
SHORTEST_DELAY = 1.0
LONGEST_DELAY = 30.0
STEADY_SECONDS = 20.0  # who lived this long did not die of a fault at its start


class Child:
    """One process, its log, and when it may be started again."""

    def __init__(
        self, name: str, command: Sequence[str | Path], log_folder: Path, *, wait_seconds: float = 0.0
    ) -> None:
        self.name = name
        self.command = [str(part) for part in command]
        self.log = LogFile(log_folder / f"{name}.log")
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.next_start = time.monotonic() + wait_seconds
        self.delay = SHORTEST_DELAY

    def start(self, environment: Mapping[str, str]) -> None:
        with self.log.path.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                cwd=ROOT,
                start_new_session=True,  # Ctrl-C reaches the supervisor, which ends all in order
                preexec_fn=dying_with_parent(),  # noqa: PLW1509 - one system call
            )
        self.started = time.monotonic()

    def keep_running(self, environment: Mapping[str, str]) -> None:
        """Start the process when it does not run, later and later when it keeps dying."""
        now = time.monotonic()
        if self.process and self.process.poll() is not None:
            say(f"{self.name} ended ({reason(self.process.returncode)}); starting it again. Log: {self.log.path}")
            self.kill_group()
            steady = now - self.started > STEADY_SECONDS
            self.delay = SHORTEST_DELAY if steady else min(2 * self.delay, LONGEST_DELAY)
            self.next_start = now + self.delay
            self.process = None
        if self.process is None and now >= self.next_start:
            self.start(environment)

    def terminate(self) -> None:
        if self.process:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until the process has ended; kill it at the deadline, and whatever it left in its group."""
        if self.process:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.0, deadline - time.monotonic()))
            self.kill_group()
            self.process.wait()

    def kill_group(self) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Runs the children and the database until a signal says stop."""

    def __init__(self, cluster: Cluster, children: Sequence[Child], environment: Mapping[str, str]) -> None:
        self.cluster = cluster
        self.children = children
        self.environment = environment
        self.stopping = False
        self.next_database_check = 0.0

    def listen_for_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.stopping:
            raise KeyboardInterrupt  # who asks twice does not want to wait for what is being done
        self.stopping = True

    def tick(self) -> None:
        """One round: is the database up, do all children run, did they warn of anything."""
        if time.monotonic() >= self.next_database_check:
            self.next_database_check = time.monotonic() + DATABASE_CHECK_SECONDS
            self._keep_database_running()
        for child in self.children:
            child.keep_running(self.environment)
            for line in child.log.new_warnings():
                say(f"{child.name}: {line}")
        time.sleep(TICK_SECONDS)

    def _keep_database_running(self) -> None:
        if self.cluster.is_ready():
            return
        say("The database does not answer; starting it again.")
        try:
            self.cluster.start()
            say("The database answers again.")
        except PostgresError as error:
            say(str(error))

    def stop(self) -> None:
        """End the children, then the database they use."""
        say("Stopping")
        for child in self.children:
            child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            child.end(deadline)


def reason(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
