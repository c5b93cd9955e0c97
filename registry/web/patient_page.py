"""One patient, one page: every form with its state, and what the checks say."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.checks import engine
from registry.checks.finding import Finding
from registry.checks.records import PatientRecords
from registry.crf.titles import number_codes, title_of, title_of_number
from registry.models import FORMS_BY_NAME, PATIENT_FORMS, Patient
from registry.models.patient_records import load_patient_records
from registry.web.addresses import record_address
from registry.web.facts.patient_marks import marks_of_patient
from registry.web.records import find_patient, next_number
from registry.web.states import EMPTY, css_class


@dataclass(frozen=True)
class Entry:
    """One record in the grid, or the empty place of one."""

    label: str
    state: str
    url: str

    @property
    def css(self) -> str:
        return css_class(self.state)


@dataclass(frozen=True)
class Row:
    form: str
    title: str
    entries: list[Entry]
    add_label: str = ""
    add_url: str = ""


@dataclass(frozen=True)
class Remark:
    """A finding of the checks, with the pages on which it can be put right."""

    finding: Finding
    links: list[tuple[str, str]]


def patient_page(request: HttpRequest, patient_id: Any) -> HttpResponse:
    patient = find_patient(request.user, patient_id)
    records = load_patient_records(patient)
    for record in records.forms:
        record.patient = patient  # already read
    may_enter = may(request.user, Permission.ENTER_DATA, centre=patient.centre_id)
    context = {
        "patient": patient,
        "patient_state": Entry(_("Patient"), patient.state, record_address(patient)),
        "rows": [_row(patient, model, records, may_enter=may_enter) for model in PATIENT_FORMS],
        "marks": marks_of_patient(records, user=request.user),
        "remarks": [_remark(finding, records) for finding in engine.run(records).findings],
    }
    return render(request, "registry/patient.html", context)


def _row(patient: Patient, model: Any, records: PatientRecords, *, may_enter: bool) -> Row:
    title = str(model._meta.verbose_name)
    if not model.repeats:
        record = records.one(model.form)
        url = reverse("record", args=[patient.public_id, model.form])
        return Row(model.form, title, [Entry("", record.state if record else EMPTY, url)])
    found = [record for record in records.forms if record.form == model.form]
    entries = [
        Entry(_short(model, getattr(record, model.number_field)), record.state, record_address(record))
        for record in found
    ]
    number = next_number(model, [getattr(record, model.number_field) for record in found])
    if number is None or not may_enter:
        return Row(model.form, title, entries)
    add_label = _("Add %(record)s") % {"record": title_of_number(model, number)}
    add_url = reverse("new repeat", args=[patient.public_id, model.form])
    return Row(model.form, title, entries, add_label, add_url)


def _short(model: Any, number: Any) -> str:
    return number_codes(model).get(number, str(number))


def _remark(finding: Finding, records: PatientRecords) -> Remark:
    links: dict[str, str] = {}
    for place in finding.places:
        model = FORMS_BY_NAME[place.form]
        for record in [records.one(place.form)] if not model.repeats else records.all(place.form):
            if record and place.instance_no in (None, getattr(record, "instance_no", None)):
                anchor = f"#line-{place.field}" if place.field else ""
                links.setdefault(title_of(record), record_address(record) + anchor)
    return Remark(finding, list(links.items()))
