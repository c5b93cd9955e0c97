"""`make conformance`: every estimator beside R, on stored data sets and, where R is there, on freshly drawn ones."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from launch import environment, needs
from launch.processes import dying_with_parent

ROOT = Path(__file__).resolve().parent.parent


def compare(arguments: Sequence[str]) -> int:
    """0 where every statistic is within its tolerance."""
    python = environment.ensure("test")
    needs.provide()
    variables = dict(os.environ) | {"REGISTRY_ENVIRONMENT": "test"}
    command = [python, "-m", "tests.conformance", *arguments]
    return subprocess.run(command, check=False, cwd=ROOT, env=variables, preexec_fn=dying_with_parent()).returncode
