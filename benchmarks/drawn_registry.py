"""The rows of a registry of many patients: each is one of the reference cohort whose course took more or less time."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from tests.analytics import reference_cohort

Forms = Mapping[str, list[dict[str, Any]]]
SEED = 20_231
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SHORTEST, LONGEST = 0.6, 1.8  # of the time that the course took


def draw(patients: int) -> dict[str, list[dict[str, Any]]]:
    """So many patients; the forms of each with its dates moved away from or towards the first INO dose."""
    draw = np.random.default_rng(SEED)
    cohort = _by_patient(reference_cohort.forms())
    drawn: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number in range(1, patients + 1):
        original = cohort[draw.integers(len(cohort))]
        stretch = float(draw.uniform(SHORTEST, LONGEST))
        first = date.fromisoformat(original["ino_cycle"][0]["d1_date"])
        for form, rows in original.items():
            drawn[form] += [_moved(row, first, stretch, number) for row in rows]
    return {form: sorted(rows, key=_place) for form, rows in drawn.items()}


def _place(row: dict[str, Any]) -> tuple[str, int]:
    """As a snapshot has them."""
    return row["patient_id"], row.get("instance_no", 0)


def _by_patient(forms: Forms) -> list[dict[str, list[dict[str, Any]]]]:
    found: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for form, rows in forms.items():
        for row in rows if form != "centre" else ():
            found[row["patient_id"]][form].append(row)
    return [dict(each) for each in found.values()]


def _moved(row: dict[str, Any], first: date, stretch: float, number: int) -> dict[str, Any]:
    values = {name: _day(value, first, stretch) for name, value in row.items()}
    return values | {"patient_id": f"{row['patient_id'][:2]}-{number:06d}"}


def _day(value: Any, first: date, stretch: float) -> Any:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return value
    return (first + timedelta(days=round((date.fromisoformat(value) - first).days * stretch))).isoformat()
