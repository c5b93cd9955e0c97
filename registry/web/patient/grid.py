"""The form grid: a row for each form, its records beside one another, each with its state and whether it is late."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.checks.records import PatientRecords
from registry.crf.titles import next_number, number_codes, title_of, title_of_number
from registry.models import PATIENT_FORMS, CrfForm, FollowUp, Patient
from registry.models.form_kinds import due_rows
from registry.models.form_rows import DUE_STATES, EMPTY, FormRow
from registry.web.addresses import record_address
from registry.web.board.cells import is_overdue
from registry.web.board.words import WORDS
from registry.web.facts.patient_marks import PatientMarks
from registry.web.states import css_class

# What is due, by form and record, without a record where it is owed: the days that it is overdue, if it is.
Late = dict[tuple[str, Any], int | None]


@dataclass(frozen=True)
class Entry:
    """One record in the grid, or the empty place of one."""

    title: str
    label: str  # empty where a patient has the form once
    state: str
    url: str
    days_late: int | None = None

    @property
    def css(self) -> str:
        return css_class(self.state)

    @property
    def word(self) -> str | Promise:
        return WORDS[self.state]


@dataclass(frozen=True)
class Row:
    form: str
    title: str
    entries: list[Entry]
    add_label: str = ""
    add_url: str = ""
    days_late: int | None = None  # of a record that is owed and not there


@dataclass(frozen=True)
class Grid:
    """What the rows of one patient are made from."""

    records: PatientRecords
    marks: PatientMarks
    late: Late
    may_enter: bool

    def rows(self) -> list[Row]:
        return [self._row(model) for model in (Patient, *PATIENT_FORMS)]

    def _row(self, model: Any) -> Row:
        title = str(model._meta.verbose_name)
        found = [self.records.patient] if model is Patient else self.records.all(model.form)
        entries = [self._entry(record) for record in found]
        if not model.repeats:
            return Row(model.form, title, entries or [self._empty(model, title)])
        row = Row(model.form, title, entries, days_late=self.late.get((model.form, None)))
        number = next_number(model, [getattr(record, model.number_field) for record in found])
        if number is None or not self.may_enter:
            return row
        add_url = reverse("new repeat", args=[self.records.patient.public_id, model.form])
        add_label = _("Add %(record)s") % {"record": title_of_number(model, number)}
        return Row(model.form, title, entries, add_label, add_url, row.days_late)

    def _entry(self, record: Any) -> Entry:
        number = getattr(record, record.number_field) if record.repeats else None
        return Entry(
            title=title_of(record),
            label=number_codes(type(record)).get(number, str(number)) if record.repeats else "",
            state=self.marks.highest_state(record),
            url=record_address(record),
            days_late=self.late.get((record.form, record.pk)),
        )

    def _empty(self, model: Any, title: str) -> Entry:
        url = reverse("record", args=[self.records.patient.public_id, model.form])
        return Entry(title, "", EMPTY, url, self.late.get((model.form, None)))


def grid(records: PatientRecords, marks: PatientMarks, *, late: Late, user: Any) -> Grid:
    patient = records.patient
    is_open = patient.state != CrfForm.State.LOCKED
    return Grid(records, marks, late, is_open and may(user, Permission.ENTER_DATA, centre=patient.centre_id))


def due_forms(records: PatientRecords, reference: dt.date) -> Late:
    """What the status board counts as due. One query, about the forms that are not complete and the next visit."""
    patients = Patient.objects.filter(pk=records.patient.pk)
    forms = [model.form for model in (Patient, *PATIENT_FORMS) if _may_be_due(model, records)]
    rows = (FormRow(*values) for values in due_rows(patients, reference, forms=forms))
    return {(row.form, row.record): _days_late(row, reference) for row in rows}


def _may_be_due(model: Any, records: PatientRecords) -> bool:
    found = [records.patient] if model is Patient else records.all(model.form)
    return model is FollowUp or not found or any(record.state in DUE_STATES for record in found)


def _days_late(row: FormRow, reference: dt.date) -> int | None:
    return int((reference - row.deadline).days) if row.deadline and is_overdue(row, reference) else None
