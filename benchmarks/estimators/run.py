"""Each measurement in a process of its own, with one thread for linear algebra on each side."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Measured:
    """The median of the runs in seconds of processor time; memory in bytes, the arrays included."""

    seconds: float
    runs: int
    peak: int
    input: int
    value: float


@dataclass(frozen=True)
class NotMeasured:
    """Why there is no time: the cap, or something that is missing or failed."""

    reason: str


Outcome = Measured | NotMeasured
OVER_CAP = NotMeasured("> cap")
ABSENT = NotMeasured("–")


def measure(command: Sequence[str | Path], *, cap: float) -> Outcome:
    """Run a worker and read what it prints; what takes longer than `cap` seconds is ended."""
    environment = dict(os.environ) | ONE_THREAD
    try:
        ran = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=cap)
    except subprocess.TimeoutExpired:
        return OVER_CAP
    except FileNotFoundError:
        return ABSENT
    if ran.returncode:
        return NotMeasured(f"failed: {ran.stderr.strip().splitlines()[-1]}")
    found = json.loads(ran.stdout.strip().splitlines()[-1])
    seconds = sorted(found["seconds"])
    return Measured(seconds[len(seconds) // 2], len(seconds), found["peak"], found["input"], found["value"])


def python(module: str, *arguments: str | Path) -> list[str | Path]:
    return [sys.executable, "-m", f"benchmarks.estimators.{module}", *arguments]


def r(script: str, *arguments: str | Path) -> list[str | Path]:
    return ["Rscript", "--vanilla", HERE / script, *arguments]
