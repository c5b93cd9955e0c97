"""All records of one patient side by side, as the checks see them: saved values, drafts included."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from registry.crf.rows import as_row
from registry.derivations.patient import Patient, Record


@dataclass(frozen=True)
class OtherPatient:
    """What the search for a double enrolment compares of another patient."""

    number: str
    centre_no: int
    hct_date: dt.date | None
    first_dose: dt.date | None


# Asked for a sex and a year of birth: the other patients with both, of the centres that the reader may see.
OtherPatients = Callable[[str, int], Iterable[OtherPatient]]


@dataclass(frozen=True)
class PatientRecords:
    """The forms of one patient, in memory. `today` and `data_cut_off` are given, never asked of the clock.

    `other_patients` looks further than this patient, and only when a check asks; without it that check is left open.
    """

    patient: Any
    centre: Any
    forms: tuple[Any, ...]
    today: dt.date
    data_cut_off: dt.date | None = None
    other_patients: OtherPatients | None = None

    def one(self, form: str) -> Any:
        """The record of a form that a patient has once; None where it is not started."""
        if form == "patient":
            return self.patient
        if form == "centre":
            return self.centre
        return next((record for record in self.forms if record.form == form), None)

    def all(self, form: str) -> list[Any]:
        """The records of a form in the order of their numbers; a draft without its number comes last."""
        records = (record for record in self.forms if record.form == form)
        return sorted(records, key=lambda record: (_number(record) is None, _number(record) or 0))

    def is_started(self, form: str) -> bool:
        return self.one(form) is not None

    def everything(self) -> Iterable[Any]:
        return (self.patient, *self.forms)

    @cached_property
    def answers(self) -> Patient:
        """What the forms say, as the derivations read it. Taken once: later changes of a record are not seen."""
        forms = {record.form: self.all(record.form) for record in self.forms} | {"patient": [self.patient]}
        return Patient(
            str(self.patient.number),
            {form: tuple(_as_answers(record) for record in records) for form, records in forms.items()},
        )

    def with_record(self, record: Any) -> "PatientRecords":
        """The same patient after this record is saved: it takes the place of its older self."""
        if record.form == "patient":
            return replace(self, patient=record)
        return replace(self, forms=(*(other for other in self.forms if not _same(other, record)), record))


def _number(record: Any) -> int | None:
    """The number of a repeated form; a form that a patient has once has none."""
    return getattr(record, "instance_no", None)


def _as_answers(record: Any) -> Record:
    return Record(record.form, as_row(record) | {"instance_no": _number(record)})


def _same(one: Any, other: Any) -> bool:
    if one.form != other.form:
        return False
    if one.pk is not None or other.pk is not None:
        return bool(one.pk == other.pk)
    return _number(one) == _number(other)
