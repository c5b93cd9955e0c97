"""What the checks read from a patient's records: doses in order, relapses that count, date fields."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from registry.checks.finding import NotEvaluable, Place, Violation, place
from registry.checks.records import PatientRecords
from registry.crf.fields import crf_fields

Results = Iterator[Violation | NotEvaluable]


@dataclass(frozen=True)
class Dose:
    """One dose of INO that was given."""

    cycle: Any
    day: int
    date: dt.date

    @property
    def place(self) -> Place:
        return place(self.cycle, f"d{self.day}_date")

    def __str__(self) -> str:
        return f"cycle {self.cycle.cycle_no} day {self.day} ({self.date})"


def doses(records: PatientRecords) -> list[Dose]:
    """The dated doses in the order of cycles and days, which is not necessarily that of their dates."""
    return [
        Dose(cycle, day, date)
        for cycle in records.all("ino_cycle")
        for day, date in ((1, cycle.d1_date), (8, cycle.d8_date), (15, cycle.d15_date))
        if date is not None
    ]


def first_dose(records: PatientRecords) -> Dose | None:
    """The earliest day 1: derivation D13, ino_first."""
    return min((dose for dose in doses(records) if dose.day == 1), key=lambda dose: dose.date, default=None)


def last_dose(records: PatientRecords) -> Dose | None:
    """The latest dose of all: derivation D13, ino_last."""
    return max(doses(records), key=lambda dose: dose.date, default=None)


def counted_relapses(records: PatientRecords) -> list[Any]:
    """Dated relapses; a molecular relapse alone is never counted."""
    return [one for one in records.all("relapse") if one.rel_date is not None and one.rel_type not in (None, "mol")]


def hct_date(records: PatientRecords) -> dt.date | None:
    transplant = records.one("hct")
    return transplant.hct_date if transplant is not None else None


def death_date(records: PatientRecords) -> dt.date | None:
    death = records.one("death")
    return death.death_date if death is not None else None


def places(records: PatientRecords, form: str, field: str) -> list[Place]:
    """The field in every record of the form, or in the form as a whole where none is started."""
    return [place(record, field) for record in records.all(form)] or [place(form, field)]


def date_fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in crf_fields(model) if field.crf.kind in ("date", "partial-date")]


def label(record: Any, field: str) -> str:
    return str(record._meta.get_field(field).verbose_name)


def misnumbered(records: PatientRecords, form: str, field: str) -> list[Place]:
    """Where the numbers of a repeated form leave the sequence 1, 2, 3 ..."""
    numbered = [record for record in records.all(form) if getattr(record, field) is not None]
    return [place(record, field) for position, record in enumerate(numbered, 1) if getattr(record, field) != position]
