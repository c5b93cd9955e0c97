"""`make drill`: workers, schedulers and the broker killed again and again, in the full numbers; files damaged."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from launch import environment, needs
from launch.processes import dying_with_parent

ROOT = Path(__file__).resolve().parent.parent
KILLS = "20"  # `make test` kills 3 times
SECONDS = "600"  # of damaged files for each reader; `make test` takes 40 files
TESTS = ("tests/faults", "tests/registry/importing/test_damaged_files.py")


def drill(arguments: Sequence[str]) -> int:
    """0 where every run ended in exactly one report, or failed with its reason. Prints a line a kill."""
    python = environment.ensure("test")
    needs.provide()
    variables = {"DRILL_KILLS": KILLS, "FUZZ_SECONDS": SECONDS} | dict(os.environ) | {"REGISTRY_ENVIRONMENT": "test"}
    command = [python, "-m", "pytest", *TESTS, "-n", "0", "-s", "--durations=0", *arguments]
    return subprocess.run(command, check=False, cwd=ROOT, env=variables, preexec_fn=dying_with_parent()).returncode
