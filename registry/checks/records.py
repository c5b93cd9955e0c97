"""All records of one patient side by side, as the checks see them: saved values, drafts included."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class PatientRecords:
    """The forms of one patient, in memory. `today` and `data_cut_off` are given, never asked of the clock."""

    patient: Any
    centre: Any
    forms: tuple[Any, ...]
    today: dt.date
    data_cut_off: dt.date | None = None

    def one(self, form: str) -> Any:
        """The record of a form that a patient has once; None where it is not started."""
        if form == "patient":
            return self.patient
        if form == "centre":
            return self.centre
        return next((record for record in self.forms if record.form == form), None)

    def all(self, form: str) -> list[Any]:
        """The records of a repeated form in the order of their numbers; a draft without its number comes last."""
        records = (record for record in self.forms if record.form == form)
        return sorted(records, key=lambda record: (record.instance_no is None, record.instance_no or 0))

    def is_started(self, form: str) -> bool:
        return self.one(form) is not None

    def everything(self) -> Iterable[Any]:
        return (self.patient, *self.forms)

    def with_record(self, record: Any) -> "PatientRecords":
        """The same patient after this record is saved: it takes the place of its older self."""
        if record.form == "patient":
            return replace(self, patient=record)
        return replace(self, forms=(*(other for other in self.forms if not _same(other, record)), record))


def _same(one: Any, other: Any) -> bool:
    if one.form != other.form:
        return False
    if one.pk is not None or other.pk is not None:
        return bool(one.pk == other.pk)
    return getattr(one, "instance_no", None) == getattr(other, "instance_no", None)
