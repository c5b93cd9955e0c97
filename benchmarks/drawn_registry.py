"""The frozen text of a registry of many patients: each is one of the reference cohort whose course took more or less
time."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

from registry.crf.rows import canonical_json
from tests.analytics import reference_cohort

Row = dict[str, Any]
SEED = 20_231
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
STRETCHES = [0.6 + step / 32 for step in range(40)]  # of the time that the course took
NUMBER = "00-000000"


def texts(patients: int) -> dict[str, str]:
    """By form, as a snapshot holds it; the dates of a patient are moved away from or towards the first INO dose."""
    draw = np.random.default_rng(SEED)
    cohort = _by_patient(reference_cohort.forms())
    centres = [each["patient"][0]["centre_no"] for each in cohort]
    courses = draw.integers((len(cohort), len(STRETCHES)), size=(patients, 2)).tolist()
    moved = cache(lambda place, stretch: _moved(cohort[place], STRETCHES[stretch]))
    drawn: dict[str, list[str]] = defaultdict(list)
    for number, (place, stretch) in enumerate(sorted(courses, key=lambda course: centres[course[0]]), start=1):
        for form, text in moved(place, stretch).items():
            drawn[form].append(text.replace(NUMBER, f"{centres[place]:02d}-{number:06d}"))
    return {form: f"[{','.join(rows)}]" for form, rows in drawn.items()}


def _by_patient(forms: Mapping[str, list[Row]]) -> list[dict[str, list[Row]]]:
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for form, rows in forms.items():
        for row in rows if form != "centre" else ():
            found[row["patient_id"]][form].append(row)
    return [dict(each) for each in found.values()]


def _moved(patient: Mapping[str, list[Row]], stretch: float) -> dict[str, str]:
    first = date.fromisoformat(patient["ino_cycle"][0]["d1_date"])
    return {form: canonical_json([_row(row, first, stretch) for row in rows])[1:-1] for form, rows in patient.items()}


def _row(row: Row, first: date, stretch: float) -> Row:
    return {name: _day(value, first, stretch) for name, value in row.items()} | {"patient_id": NUMBER}


def _day(value: Any, first: date, stretch: float) -> Any:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return value
    return (first + timedelta(days=round((date.fromisoformat(value) - first).days * stretch))).isoformat()
