"""Which code computed the numbers."""

import hashlib
import platform
from functools import cache
from pathlib import Path

import numpy as np
import scipy

ROOT = Path(__file__).resolve().parents[2]
# The analysis, the derivations that it calls, and the units, dates and karyotypes that these read.
FOLDERS = ("analytics", "registry/crf", "registry/derivations")


@cache
def code_version() -> str:
    """sha256 over the Python files that make numbers of a snapshot's rows, names included."""
    digest = hashlib.sha256()
    for path in sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Versions that stand in ``results.json``."""
    return {
        "analytics": code_version(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }
