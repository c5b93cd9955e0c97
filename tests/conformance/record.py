"""The comparison as the web application shows it: analytics/conformance.json, generated, never typed."""

import json
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy

from tests.conformance.line import Line
from tests.conformance.notes import NOTES

PATH = Path(__file__).resolve().parents[2] / "analytics" / "conformance.json"
R_PACKAGES = ("survival", "cmprsk", "rms", "brglm2")


def write(stored: Sequence[Line], drawn: Sequence[Line], *, n_stored: int, n_random: int, first_seed: int) -> None:
    """Keep what was compared, with which versions, and how far the two were apart."""
    content = {
        "data_sets": {"stored": n_stored, "random": n_random, "first_seed": first_seed},
        "versions": _r_versions() | {"Python": platform.python_version()} | _our_versions(),
        "statistics": statistics(stored, drawn),
        "notes": notes(),
    }
    PATH.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def statistics(stored: Sequence[Line], drawn: Sequence[Line]) -> list[dict[str, Any]]:
    """A row for each statistic; differences are relative, the largest of all data sets."""
    of_drawn = {line.statistic: line for line in drawn}
    rows = []
    for line in stored:
        live = of_drawn.get(line.statistic)
        rows.append(
            {
                "statistic": line.statistic,
                "r_call": line.tolerance.r_call,
                "tolerance": line.tolerance.limit,
                "stored": _summary(line),
                "random": _summary(live) if live else None,
            }
        )
    return rows


def notes() -> list[dict[str, str]]:
    """What stands below the table."""
    return [{"about": about, "text": text} for about, text in NOTES]


def _summary(line: Line) -> dict[str, Any]:
    return {
        "values": line.n_values,
        "largest": float(f"{line.largest:.1e}"),
        "agrees": not line.breaches,
        "left_out": line.n_left_out,
    }


def _our_versions() -> dict[str, str]:
    return {"numpy": np.__version__, "scipy": scipy.__version__}


def _r_versions() -> dict[str, str]:
    packages = ", ".join(f'"{name}"' for name in R_PACKAGES)
    script = f'cat(R.version.string, sapply(c({packages}), function(p) as.character(packageVersion(p))), sep = "\\n")'
    printed = subprocess.run(["Rscript", "-e", script], check=True, capture_output=True, text=True).stdout
    return dict(zip(("R", *R_PACKAGES), printed.splitlines(), strict=True))
