"""What one patient's forms say: typed reading of the snapshot's rows, gathered by patient."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Row = Mapping[str, object]
Forms = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Record:
    """One filled form. Every reader gives None where the form is absent or the item unanswered."""

    values: Row

    def __bool__(self) -> bool:
        return bool(self.values)

    def _value(self, field: str) -> object:
        # A form that exists has every field of the dictionary, so a misspelt name fails here.
        return self.values[field] if self.values else None

    def code(self, field: str) -> str | None:
        value = self._value(field)
        return None if value is None else str(value)

    def date(self, field: str) -> date | None:
        value = self._value(field)
        return None if value is None else date.fromisoformat(str(value))

    def decimal(self, field: str) -> Decimal | None:
        value = self._value(field)
        return None if value is None else Decimal(str(value))

    def integer(self, field: str) -> int | None:
        value = self._value(field)
        return None if value is None else int(str(value))

    def yes(self, field: str) -> bool | None:
        """A yes/no item, which the dictionary has both as boolean and as choice of 1 and 0."""
        value = self._value(field)
        return None if value is None else value in (True, "1")

    def codes(self, field: str) -> frozenset[str]:
        """The answers of a multiple choice; empty where unanswered."""
        value = self._value(field)
        return frozenset(map(str, value)) if isinstance(value, Sequence) else frozenset()

    @property
    def state(self) -> str | None:
        return self.code("state")


ABSENT = Record({})


@dataclass(frozen=True)
class Patient:
    """All forms of one patient, repeats in the order of their number."""

    patient_id: str
    records: Mapping[str, Sequence[Record]]

    def all(self, form: str) -> Sequence[Record]:
        return self.records.get(form, ())

    def one(self, form: str) -> Record:
        records = self.all(form)
        return records[0] if records else ABSENT


def patients(forms: Forms) -> Iterator[Patient]:
    """Every patient of the snapshot by number; ``centre`` rows belong to nobody."""
    by_patient: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for form, rows in forms.items():
        if form != "centre":
            for row in rows:
                by_patient[str(row["patient_id"])][form].append(row)
    for patient_id in sorted(by_patient):
        yield Patient(patient_id, {form: _in_order(rows) for form, rows in by_patient[patient_id].items()})


def _in_order(rows: list[Row]) -> tuple[Record, ...]:
    return tuple(Record(row) for row in sorted(rows, key=lambda row: int(str(row.get("instance_no", 0)))))
