"""Which code computed the numbers."""

import platform

import numpy as np
import scipy

from registry.crf.code_version import digest_of

# The analysis, the derivations that it calls, and the units, dates and karyotypes that these read.
FOLDERS = ("analytics", "registry/crf", "registry/derivations")


def code_version() -> str:
    """Changes with every file that makes numbers of a snapshot's rows."""
    return digest_of(*FOLDERS)


def versions() -> dict[str, str]:
    """Versions that stand in ``results.json``."""
    return {
        "analytics": code_version(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }
