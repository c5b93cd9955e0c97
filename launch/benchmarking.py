"""`make bench`: the benchmarks, in the environment that each needs."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from launch import environment, needs
from launch.processes import dying_with_parent
from launch.terminal import say

ROOT = Path(__file__).resolve().parent.parent
OTHERS = ("pages", "importing", "exports", "documents", "analysis")


def bench(arguments: Sequence[str]) -> int:
    """The estimators beside R and lifelines; what the first argument names instead, if it names anything else."""
    if arguments and arguments[0] in OTHERS:
        return run("test", f"benchmarks.{arguments[0]}", arguments[1:])
    return run("bench", "benchmarks.estimators", arguments)


def run(wanted: str, module: str, arguments: Sequence[str]) -> int:
    python = environment.ensure(wanted)
    for need in needs.provide():
        say(f"{need.name} is missing. On Debian: apt-get install {' '.join(need.debian_packages)}")
    variables = dict(os.environ) | {"REGISTRY_ENVIRONMENT": "test"}
    command = [python, "-m", module, *arguments]
    return subprocess.run(command, check=False, cwd=ROOT, env=variables, preexec_fn=dying_with_parent()).returncode
