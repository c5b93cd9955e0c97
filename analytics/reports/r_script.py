"""Entries of the plan as an R script that recomputes the numbers of a report, and these numbers as a table."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analytics.plan.registry import Analysis, chosen
from analytics.reports.numbers import numbers

PRELUDE = Path(__file__).parent / "r" / "prelude.R"
COLUMNS = ("entry", "label", "value", "lower", "upper", "p", "n", "events", "figure", "error")
CONCLUSION = """
cat(sprintf("\\n%d numbers compared, largest difference %.1e, tolerance %.0e; %d without a value in the report\\n",
            compared, largest, TOLERANCE, left_out))
if (length(differing)) { cat("These differ:", unique(differing), "\\n"); quit(status = 1) }
"""


def script(ids: Sequence[str] | None = None) -> str:
    """``recompute.R``: one call an entry, in the order of the ids; without ids the standing plan."""
    calls = (_call(declared) for declared, _ in chosen(ids))
    return "\n".join((PRELUDE.read_text(encoding="utf-8"), *calls, CONCLUSION))


def _call(declared: Analysis) -> str:
    names = f"{_quoted(declared.id)}, {_quoted(declared.title)}"
    return f"entry({names}, {declared.r.strip()})"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def table(entries: Iterable[Mapping[str, Any]]) -> str:
    """``numbers.csv``: a row for each number at full precision; the parts of one apart by ``|``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        if not entry["error"]:
            writer.writerows(_row(entry, number) for number in numbers(entry))
    return out.getvalue()


def _row(entry: Mapping[str, Any], number: Mapping[str, Any]) -> list[str]:
    value = number["value"]
    parts = value if isinstance(value, list) else [value]
    limits = ("" if number[name] is None else repr(number[name]) for name in ("lower", "upper", "p"))
    counted = ("" if number[name] is None else str(number[name]) for name in ("n", "events"))
    return [
        entry["id"],
        number["label"],
        "|".join("" if part is None else repr(part) for part in parts),
        *limits,
        *counted,
        number["figure"],
        number["error"],
    ]
