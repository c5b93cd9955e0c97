"""What one patient's forms say: typed reading of their rows, whether frozen in a snapshot or read from the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.crf.partial_dates import PartialDate

Row = Mapping[str, object]


@dataclass(frozen=True)
class Record:
    """One filled form. Every reader gives None where the form is absent or the item unanswered."""

    form: str
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

    def partial_date(self, field: str) -> PartialDate | None:
        value = self._value(field)
        return None if value is None else PartialDate.parse(str(value))

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

    def reason(self, field: str) -> str | None:
        """Why the item has no value; None where no reason is given."""
        missing = self.values.get("missing", {})
        return missing.get(field) if isinstance(missing, Mapping) else None

    @property
    def state(self) -> str | None:
        return self.code("state")

    @property
    def instance_no(self) -> int | None:
        """The number of a repeated form; None where the form does not repeat or a draft has no number yet."""
        number = self.values.get("instance_no")
        return number if isinstance(number, int) else None


@dataclass(frozen=True)
class Patient:
    """All forms of one patient, repeats in the order of their number."""

    patient_id: str
    records: Mapping[str, Sequence[Record]]

    def all(self, form: str) -> Sequence[Record]:
        return self.records.get(form, ())

    def one(self, form: str) -> Record:
        records = self.all(form)
        return records[0] if records else Record(form, {})
