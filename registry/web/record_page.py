"""The form page, one for all forms: finds the record, and shows, restores, confirms or saves it."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions import drafts
from registry.actions.save_record import completion_faults
from registry.models import Patient
from registry.web.confirming import Questions, confirm, questions_of
from registry.web.kept_input import restored
from registry.web.next_page import go_on
from registry.web.queries.fields import queries_of
from registry.web.record_form import RecordForm
from registry.web.record_saving import save
from registry.web.record_showing import show
from registry.web.records import find_once, find_patient, find_repeat, form_model, next_repeat


def once(request: HttpRequest, patient_id: Any, form: str) -> HttpResponse:
    return record_page(request, find_once(request.user, patient_id, form))


def repeat(request: HttpRequest, patient_id: Any, form: str, instance_id: Any) -> HttpResponse:
    return record_page(request, find_repeat(request.user, patient_id, form, instance_id))


def new_repeat(request: HttpRequest, patient_id: Any, form: str) -> HttpResponse:
    patient = find_patient(request.user, patient_id)
    require(request.user, Permission.ENTER_DATA, centre=patient.centre_id)
    record = next_repeat(form_model(form, repeats=True), patient)
    if record is None:
        messages.info(request, _("Every time point of this form has its record."))
        return redirect("patient", patient.public_id)
    return record_page(request, record)


def new_patient(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.ENTER_DATA)
    return record_page(request, Patient(centre=request.user.centre))


def record_page(request: HttpRequest, record: Any) -> HttpResponse:
    """Show the record, or carry out what was posted for it."""
    if request.method != "POST":
        return _open(request, record)
    return _confirm(request, record) if request.POST.get("step") == "confirm" else save(request, record)


def _open(request: HttpRequest, record: Any, questions: Questions | None = None) -> HttpResponse:
    """What this user typed last and did not save; else what is stored."""
    form = RecordForm(record, user=request.user)
    draft = drafts.find(record, by=request.user) if form.fields else None
    kept = restored(draft, record) if draft else None
    if kept and kept.changed:
        form = RecordForm(record, user=request.user, posted=kept.posted)
        form.apply_to(copy(record))
        form.refuse_unreadable()
        return show(request, record, form, restored=kept, questions=questions)
    if "check" in request.GET and record.is_started:
        form.add_findings(completion_faults(copy(record)))
    return show(request, record, form, questions=questions)


def _confirm(request: HttpRequest, record: Any) -> HttpResponse:
    """Reasons were given for what the rules ask of this record."""
    left = confirm(request, questions_of(queries_of(record, user=request.user), user=request.user))
    if left.found:
        return _open(request, record, left)
    return go_on(record, step=request.POST.get("then", ""))
