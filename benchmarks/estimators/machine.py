"""On what it was measured: processor, memory, versions, and how busy the machine was; no names of hosts."""

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "scipy", "lifelines", "pandas")
R_PACKAGES = ("survival", "cmprsk", "rms", "brglm2")


def load() -> float:
    """Processes that wanted a core, averaged over the last minute."""
    return os.getloadavg()[0]


def describe(load_before: float, load_after: float, *, jobs: int) -> list[str]:
    """Lines of the document."""
    cores = os.cpu_count() or 1
    return [
        f"{_processor()}, {cores} cores, {_memory()} GiB of memory, {platform.system()} on {platform.machine()}",
        f"Python {platform.python_version()}, {', '.join(_versions())}; {_kernel()}",
        _r(),
        f"load average {load_before:.1f} before and {load_after:.1f} after, on {cores} cores: {_busy(load_before)}; "
        f"{jobs} {'measurement' if jobs == 1 else 'measurements'} at once",
    ]


def _busy(load_before: float) -> str:
    return "other work was running, too" if load_before > 1 else "nothing else of weight was running"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _versions() -> list[str]:
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not there")
    return found


def _kernel() -> str:
    """Which code of OpenBLAS numpy runs: it is chosen by processor, or by the environment."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "BLAS not known"
    libraries = [found for found in threadpool_info() if found["user_api"] == "blas"]
    return ", ".join(f"{found['internal_api']} {found['version']} ({found['architecture']})" for found in libraries)


def _r() -> str:
    packages = ", ".join(f'"{name}"' for name in R_PACKAGES)
    script = (
        f"cat(R.version.string); for (p in c({packages})) cat(',', p, as.character(packageVersion(p)));"
        'cat("; BLAS", basename(extSoftVersion()["BLAS"]))'
    )
    try:
        ran = subprocess.run(["Rscript", "--vanilla", "-e", script], check=False, capture_output=True, text=True)
    except FileNotFoundError:
        return "R not there"
    return ran.stdout or "R without its packages"
