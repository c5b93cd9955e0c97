"""What the person at the terminal sees: a line as each step begins, and a sign of life while it lasts."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from launch.processes import dying_with_parent

ROOT = Path(__file__).resolve().parent.parent
SIGN_OF_LIFE_SECONDS = 10.0
STARTED_VARIABLE = "LAUNCH_STARTED"
STARTED = float(os.environ.get(STARTED_VARIABLE) or time.monotonic())  # a step's own lines count on from ours


class StepFailed(Exception):
    """A step ended with an error; the text says which and shows the end of its output."""


def say(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def run_step(
    title: str, command: Sequence[str | Path], *, environment: Mapping[str, str], log: Path | None = None
) -> None:
    """Run a command to its end, with its output in the log file or else on the terminal."""
    say(title)
    with ExitStack() as stack:
        output = None
        if log:
            log.parent.mkdir(parents=True, exist_ok=True)
            output = stack.enter_context(log.open("wb"))
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment) | {STARTED_VARIABLE: str(STARTED)},
            cwd=ROOT,
            preexec_fn=dying_with_parent(),  # noqa: PLW1509 - one system call
        )
        # What writes to the terminal itself needs nobody to say that it is alive.
        status = wait(process, title, quiet=log is None)
    if status:
        end = f" The end of {log}:\n{last_lines(log)}" if log else ""
        raise StepFailed(f"{title} failed (exit status {status}).{end}")


def wait(process: "subprocess.Popen[bytes]", title: str, *, quiet: bool) -> int:
    """Wait for the process, with a sign of life now and then unless `quiet`."""
    began = time.monotonic()
    while True:
        try:
            return process.wait(SIGN_OF_LIFE_SECONDS)
        except subprocess.TimeoutExpired:
            if not quiet:
                say(f"  still at it ({time.monotonic() - began:.0f} s): {title}")
        except BaseException:
            process.terminate()
            process.wait()
            raise


def last_lines(path: Path, count: int = 30) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-count:]) if path.exists() else ""


def fail(text: str) -> int:
    print(text, file=sys.stderr, flush=True)
    return 1
