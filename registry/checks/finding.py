"""What an edit check says of a patient's records: findings are returned, never raised."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from registry.crf.language import Words


class Severity(StrEnum):
    HARD = "hard"  # the form cannot be completed
    SOFT = "soft"  # a query is raised


@dataclass(frozen=True)
class Place:
    """Where a finding concerns a record: the field is empty for the record as a whole."""

    form: str
    field: str = ""
    instance_no: int | None = None


@dataclass(frozen=True)
class Finding:
    check_id: str
    severity: Severity
    text: Words
    places: tuple[Place, ...]
    other_patient: str = ""  # the number of the other one, where two are compared
    is_across_centres: bool = False  # for the coordinating centre; only who reads all centres can find it
    version: int = 1  # of the check that says so

    @property
    def message(self) -> str:
        """What it says, in the language of the reader."""
        return str(self.text)

    def concerns(self, form: str, instance_no: int | None = None) -> bool:
        """Does a field of this record take part?"""
        return any(
            place.form == form and (place.instance_no is None or place.instance_no == instance_no)
            for place in self.places
        )


@dataclass(frozen=True)
class Violation:
    """What a check function yields; the engine adds id, severity and the message."""

    places: tuple[Place, ...]
    values: tuple[tuple[str, Any], ...]
    other_patient: str = ""
    is_across_centres: bool = False


class NotEvaluable:
    """What a check function yields when an operand is empty or missing for a reason."""


NOT_EVALUABLE: Final = NotEvaluable()


def place(record: Any, field: str = "") -> Place:
    """The place of a field of a record, or of a form that does not exist (given by its name)."""
    if isinstance(record, str):
        return Place(record, field)
    return Place(record.form, field, getattr(record, "instance_no", None))


def violated(*places: Place, other_patient: str = "", is_across_centres: bool = False, **values: Any) -> Violation:
    """A check is violated at these places; `values` fill the braces of its message."""
    return Violation(places, tuple(values.items()), other_patient, is_across_centres)
