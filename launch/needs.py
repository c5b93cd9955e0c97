"""What the tests need beyond Python: Debian packages, found or installed."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from launch.terminal import StepFailed, run_step, say

ROOT = Path(__file__).resolve().parent.parent
OS_RELEASE = Path("/etc/os-release")
R_PACKAGES = ("survival", "cmprsk", "rms", "brglm2", "jsonlite", "haven")


@dataclass(frozen=True)
class Need:
    """Something that the tests with a marker need."""

    marker: str
    name: str
    is_there: Callable[[], bool]
    debian_packages: tuple[str, ...]


def has_program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def has_r() -> bool:
    if not shutil.which("Rscript"):
        return False
    wanted = ", ".join(f'"{name}"' for name in R_PACKAGES)
    script = f"quit(status = !all(sapply(c({wanted}), function(p) nzchar(system.file(package = p)))))"
    return subprocess.run(["Rscript", "--vanilla", "-e", script], check=False, capture_output=True).returncode == 0


NEEDS = (
    Need("browser", "Chromium", has_program("chromium"), ("chromium",)),
    Need("needs_redis", "Redis", has_program("redis-server"), ("redis-server",)),
    Need("needs_libreoffice", "LibreOffice", has_program("soffice"), ("libreoffice-writer-nogui",)),
    Need("needs_pdftotext", "pdftotext", has_program("pdftotext"), ("poppler-utils",)),
    Need("needs_curl", "curl", has_program("curl"), ("curl",)),
    Need("needs_r", "R", has_r, ("r-base-core", *(f"r-cran-{name}" for name in R_PACKAGES))),
)


def missing_needs() -> list[Need]:
    return [need for need in NEEDS if not need.is_there()]


def provide() -> list[Need]:
    """Install what is missing where that is ours to do, on Debian as root; return what is still missing."""
    missing = missing_needs()
    if missing and is_debian() and os.geteuid() == 0:
        install([package for need in missing for package in need.debian_packages])
        missing = missing_needs()
    return missing


def is_debian() -> bool:
    has_line = OS_RELEASE.exists() and "ID=debian" in OS_RELEASE.read_text().splitlines()
    return has_line and shutil.which("apt-get") is not None


def install(packages: Sequence[str]) -> None:
    names = " ".join(packages)
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    try:
        apt(f"Installing Debian packages for the tests: {names}", command)
    except StepFailed:
        try:
            apt("Fetching Debian's package lists", ["apt-get", "update"])
            apt(f"Installing Debian packages for the tests: {names}", command)
        except StepFailed as error:
            say(str(error))


def apt(title: str, command: Sequence[str]) -> None:
    environment = dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    run_step(title, command, log=ROOT / "var" / "log" / "apt.log", environment=environment)
