"""Locking a patient: everything that is still missing, each with a link; then the reason, and the lock."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.states import NotLockable, lock_patient, missing_for_lock, unlock_patient
from registry.checks.finding import Finding
from registry.checks.records import PatientRecords
from registry.models import CrfForm, Patient
from registry.models.patient_records import load_patient_records
from registry.web.addresses import patient_address
from registry.web.places import address_of_place
from registry.web.queries.filters import list_of
from registry.web.records import find_patient


def lock_page(request: HttpRequest, patient_id: Any) -> HttpResponse:
    patient = _patient(request, patient_id)
    problem = ""
    if request.method == "POST":
        try:
            lock_patient(patient, by=request.user, reason=request.POST.get("reason", ""))
        except NotLockable:
            problem = _("The patient was not locked: see what is missing.")
        except ActionRefused as error:
            problem = str(error)
        else:
            messages.success(request, _("Patient %(patient)s is locked.") % {"patient": patient})
            return redirect(patient_address(patient))
    records = load_patient_records(patient)
    for record in records.forms:
        record.patient = patient  # already read
    missing = [] if patient.state == CrfForm.State.LOCKED else missing_for_lock(records)
    links = [(finding.message, _address(finding, records)) for finding in missing]
    return _show(request, "registry/facts/lock.html", problem, patient=patient, missing=links)


def unlock_page(request: HttpRequest, patient_id: Any) -> HttpResponse:
    patient = _patient(request, patient_id)
    problem = ""
    if request.method == "POST":
        try:
            unlock_patient(patient, by=request.user, reason=request.POST.get("reason", ""))
        except ActionRefused as error:
            problem = str(error)
        else:
            messages.success(request, _("Patient %(patient)s is unlocked.") % {"patient": patient})
            return redirect(patient_address(patient))
    return _show(request, "registry/facts/unlock.html", problem, patient=patient)


def _patient(request: HttpRequest, patient_id: Any) -> Patient:
    patient = find_patient(request.user, patient_id)
    require(request.user, Permission.LOCK)
    return patient


def _address(finding: Finding, records: PatientRecords) -> str:
    """Where it is put right; open queries stand as one finding about the patient as a whole."""
    place = finding.places[0]
    if place.form == "patient" and not place.field and records.patient.state != CrfForm.State.IN_PROGRESS:
        return list_of(patient=str(records.patient))
    return address_of_place(records, place.form, place.instance_no, place.field)


def _show(request: HttpRequest, template: str, problem: str, **context: Any) -> HttpResponse:
    context |= {"problem": problem, "reason": request.POST.get("reason", "")}
    return render(request, template, context, status=422 if problem else 200)
