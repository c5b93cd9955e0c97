"""What the checks ask of a patient's records beside the derivations: places, labels, date fields, numbers in order."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models

from registry.checks.finding import NotEvaluable, Place, Violation, place
from registry.checks.records import PatientRecords
from registry.crf.fields import crf_fields
from registry.crf.language import Words
from registry.derivations import treatment
from registry.derivations.patient import Record
from registry.models import FORMS_BY_NAME

Results = Iterator[Violation | NotEvaluable]


def place_of_dose(records: PatientRecords, day: dt.date) -> Place:
    """Where the INO dose given on this day is entered."""
    dose = next(dose for dose in treatment.doses(records.answers) if dose.date == day)
    return place(dose.cycle, dose.field)


def places(records: PatientRecords, form: str, field: str) -> list[Place]:
    """The field in every record of the form, or in the form as a whole where none is started."""
    return [place(record, field) for record in records.all(form)] or [place(form, field)]


def entered(records: PatientRecords, form: str, field: str) -> list[Place]:
    """The field in the records of the form that there are, if any."""
    return [place(record, field) for record in records.all(form)]


def date_fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in crf_fields(model) if field.crf.kind in ("date", "partial-date")]


def label(record: Any, field: str) -> Words:
    name: Words = record._meta.get_field(field).verbose_name
    return name


def words(record: Record, field: str) -> Words:
    """The answer to an item as the user chose it; a dash where there is none."""
    code = record.code(field)
    return "–" if code is None else meaning(record.form, field, code)


def shown(value: Any) -> Any:
    """A value in a message; a dash where there is none."""
    return "–" if value is None else value


def meaning(form: str, field: str, code: str) -> Words:
    """The label of a code of the item."""
    labels: Mapping[str, Words] = FORMS_BY_NAME[form]._meta.get_field(field).crf.choices  # type: ignore[union-attr]
    return labels[code]


def misnumbered(records: PatientRecords, form: str, field: str) -> list[Place]:
    """Where the numbers of a repeated form leave the sequence 1, 2, 3 ..."""
    numbered = [record for record in records.all(form) if getattr(record, field) is not None]
    return [place(record, field) for position, record in enumerate(numbered, 1) if getattr(record, field) != position]
