"""What the person at the terminal sees: a line as each step begins, and a sign of life while it lasts."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from launch.processes import dying_with_parent

ROOT = Path(__file__).resolve().parent.parent
SIGN_OF_LIFE_SECONDS = 10.0
STARTED = time.monotonic()


class StepFailed(Exception):
    """A step ended with an error; the text says which and shows the end of its output."""


def say(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def run_step(title: str, command: Sequence[str | Path], *, log: Path, environment: Mapping[str, str]) -> str:
    """Run a command to its end with its output in the log file; return the output."""
    say(title)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=ROOT,
            preexec_fn=dying_with_parent(),  # noqa: PLW1509 - one system call
        )
        status = wait_with_signs_of_life(process, title)
    text = log.read_text(errors="replace")
    if status:
        end = "\n".join(text.splitlines()[-30:])
        raise StepFailed(f"{title} failed (exit status {status}). The end of {log}:\n{end}")
    return text


def wait_with_signs_of_life(process: "subprocess.Popen[bytes]", title: str) -> int:
    began = time.monotonic()
    while True:
        try:
            return process.wait(SIGN_OF_LIFE_SECONDS)
        except subprocess.TimeoutExpired:
            say(f"  still at it ({time.monotonic() - began:.0f} s): {title}")
        except BaseException:
            process.terminate()
            process.wait()
            raise


def fail(text: str) -> int:
    print(text, file=sys.stderr, flush=True)
    return 1
