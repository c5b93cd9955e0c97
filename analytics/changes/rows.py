"""What differs between the rows of two snapshots."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from analytics.cohort.forms import Forms

Row = Mapping[str, Any]
Key = tuple[str, str, int]

# Not answers: what a row is found by, and marks on top of it. Who signs or verifies changes no number of its own; a
# patient who enters an analysis of signed forms is told as such.
NOT_ANSWERS: Final = ("patient_id", "centre_no", "instance_no", "verified", "signed", "missing")


@dataclass(frozen=True)
class Change:
    """One answer of one record; None where there was, or is, none. A missing reason stands as ``missing: UNK``."""

    patient: str
    form: str
    instance: int
    field: str
    old: Any
    new: Any


def changes(before: Forms, after: Forms) -> list[Change]:
    """Every answer that differs, by patient, form and record. Centres are not compared: they are no patient's."""
    old, new = _by_key(before), _by_key(after)
    return [
        Change(*key, field, one, other)
        for key in sorted(old.keys() | new.keys())
        for field, one, other in _answers(old.get(key, {}), new.get(key, {}))
    ]


def patients_of(forms: Forms) -> set[str]:
    return {str(row["patient_id"]) for row in forms["patient"]}


def _by_key(forms: Forms) -> dict[Key, Row]:
    return {
        (str(row["patient_id"]), form, int(str(row.get("instance_no", 0)))): row
        for form, rows in forms.items()
        if form != "centre"
        for row in rows
        if "patient_id" in row
    }


def _answers(old: Row, new: Row) -> Iterator[tuple[str, Any, Any]]:
    for field in (name for name in {**old, **new} if name not in NOT_ANSWERS):
        one, other = _answer(old, field), _answer(new, field)
        if one != other:
            yield field, one, other


def _answer(row: Row, field: str) -> Any:
    value = row.get(field)
    reason = row.get("missing", {}).get(field) if row else None
    return f"missing: {reason}" if value is None and reason else value
