"""`make test`: the environment, what the tests need beyond it, then pytest."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from launch import environment, needs
from launch.processes import dying_with_parent
from launch.terminal import fail, say

ROOT = Path(__file__).resolve().parent.parent
# Who has nothing left takes over from the others: a browser test lasts as long as a thousand small ones.
ON_ALL_CORES = ("-n", "auto", "--dist", "worksteal")


def test(arguments: Sequence[str]) -> int:
    python = environment.ensure("test")
    missing = needs.provide()
    for need in missing:
        packages = " ".join(need.debian_packages)
        say(f"{need.name} is missing: tests marked {need.marker} are skipped. On Debian: apt-get install {packages}")
    if missing and os.environ.get("CI") == "true":
        return fail("In CI nothing may be missing.")
    say("Running the tests")
    variables = dict(os.environ) | {"REGISTRY_ENVIRONMENT": "test"}
    command = [python, "-m", "pytest", *ON_ALL_CORES, *arguments]
    # Not waited for with signs of life: pytest shows its own.
    return subprocess.run(command, check=False, cwd=ROOT, env=variables, preexec_fn=dying_with_parent()).returncode
