"""Which code computed the numbers."""

import hashlib
import platform
from functools import cache
from pathlib import Path

import numpy as np
import scipy

ANALYTICS = Path(__file__).resolve().parent.parent


@cache
def code_version() -> str:
    """sha256 over the Python files of ``analytics``, names included."""
    digest = hashlib.sha256()
    for path in sorted(ANALYTICS.rglob("*.py")):
        digest.update(path.relative_to(ANALYTICS).as_posix().encode() + b"\0")
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
