"""The CSV files of the reference cohort as the rows of a snapshot, typed by the dictionary."""

import csv
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CUT_OFF = date(2023, 6, 30)  # of the registry that the reference cohort fills

READ: dict[str, Callable[[str], Any]] = {
    "int": int,
    "bool": lambda cell: cell == "1",
    "multi-choice": lambda cell: sorted(cell.split(";")),
}


@cache
def _types() -> dict[tuple[str, str], str]:
    with (FIXTURES / "dictionary.csv").open(newline="", encoding="utf-8") as file:
        return {(line["form"], line["field"]): line["type"] for line in csv.DictReader(file)}


def _row(form: str, line: dict[str, str]) -> dict[str, Any]:
    dictionary_form = "maintenance" if form == "maintenance_course" else form
    row: dict[str, Any] = {"state": "complete", "missing": {}}
    for name, cell in line.items():
        if name.endswith("_missing"):
            if cell:
                row["missing"][name.removesuffix("_missing")] = cell
        elif name in ("instance_no", "centre_no"):
            row[name] = int(cell)
        else:
            kind = _types().get((dictionary_form, name), "text")
            row[name] = READ.get(kind, str)(cell) if cell else None
    if form == "patient":
        row |= {"excluded": False, "excluded_reason": None}
    return row


def forms(folder: Path = FIXTURES / "reference_cohort") -> dict[str, list[dict[str, Any]]]:
    """Every form of the reference cohort by its name."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            found[path.stem] = [_row(path.stem, line) for line in csv.DictReader(file)]
    return found
