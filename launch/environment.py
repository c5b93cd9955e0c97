"""The project's own Python environments: uv in .tools, packages in .venv; nothing else on the machine is touched."""

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from launch.processes import file_lock
from launch.terminal import StepFailed, run_step, say

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
UV = TOOLS / "bin" / "uv"
# What the benchmarks compare with stays out of the environment that runs and is tested.
VENVS = {"run": ROOT / ".venv", "test": ROOT / ".venv", "bench": ROOT / ".venv-bench"}
# The Python outside of any environment: the one inside .venv, with which somebody may call us, has no pip.
BASE_PYTHON = getattr(sys, "_base_executable", sys.executable)
LOG = ROOT / "var" / "log" / "install.log"
REQUIREMENTS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("run", "test", "bench", "tools")}


def ensure(wanted: str) -> Path:
    """Install the packages of the set `run`, `test` or `bench` unless they are there; return the environment's Python.

    The set `test` contains the set `run`, so whoever has tested can run without installing again.
    """
    with file_lock(TOOLS / "lock"):  # run and test may start at once
        if not is_installed(wanted):
            make_environment(VENVS[wanted])
            install(wanted)
    return python_of(VENVS[wanted])


def python_of(venv: Path) -> Path:
    return venv / "bin" / "python"


def stamp_of(venv: Path) -> Path:
    return venv / "installed.json"


def is_installed(wanted: str) -> bool:
    venv = VENVS[wanted]
    return python_of(venv).exists() and read_stamp(venv).get(wanted) == fingerprint(wanted)


def fingerprint(name: str) -> str:
    """Of a set of packages for a version of Python: another of either means installing again."""
    return sha256(REQUIREMENTS[name].read_bytes() + platform.python_version().encode()).hexdigest()


def read_stamp(venv: Path) -> dict[str, str]:
    try:
        return dict(json.loads(stamp_of(venv).read_text()))
    except (FileNotFoundError, ValueError):
        return {}


def make_environment(venv: Path) -> None:
    """Make it, or make it anew when it is of another Python or none that runs."""
    if python_of(venv).exists() and version_of_environment(venv) == platform.python_version():
        return
    shutil.rmtree(venv, ignore_errors=True)
    step("Making the Python environment", [BASE_PYTHON, "-m", "venv", "--without-pip", venv])


def version_of_environment(venv: Path) -> str:
    command = [python_of(venv), "-c", "import platform; print(platform.python_version())"]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()


def install(wanted: str) -> None:
    python, stamp = python_of(VENVS[wanted]), stamp_of(VENVS[wanted])
    stamp.unlink(missing_ok=True)  # half an installation must not look whole
    file = REQUIREMENTS[wanted]
    count = file.read_text().count("==")
    arguments = ["install", "--require-hashes", "-r", file]
    try:
        install_uv()
        step(f"Installing {count} Python packages", [UV, "pip", *arguments, "--system-certs", "--python", python])
    except StepFailed as error:
        say(f"uv could not do it: {str(error).splitlines()[-1]}")
        pip = [BASE_PYTHON, "-m", "pip", "--python", python, "--disable-pip-version-check"]
        step(f"Installing {count} Python packages with pip, which takes longer", [*pip, *arguments])
    installed = ("run", "test") if wanted == "test" else (wanted,)
    stamp.write_text(json.dumps({name: fingerprint(name) for name in installed}))


def install_uv() -> None:
    stamp = TOOLS / "installed.json"
    if UV.exists() and stamp.exists() and stamp.read_text() == fingerprint("tools"):
        return
    pip = [BASE_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]
    step("Fetching the installer uv", [*pip, "--target", TOOLS, "--require-hashes", "-r", REQUIREMENTS["tools"]])
    stamp.write_text(fingerprint("tools"))


def step(title: str, command: Sequence[str | Path]) -> None:
    run_step(title, command, log=LOG, environment=dict(os.environ))
