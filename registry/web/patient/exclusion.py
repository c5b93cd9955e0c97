"""The page on which a patient is excluded from the analysis, or taken back, with a reason."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.exclude_patient import exclude_patient, include_patient
from registry.models import Patient
from registry.web.merging import given_reason, opened_version


def exclusion(request: HttpRequest, patient_id: Any) -> HttpResponse:
    if not may(request.user, Permission.EXCLUDE):
        raise Http404
    patient = get_object_or_404(Patient.objects.visible_to(request.user), public_id=patient_id)
    problem, reason = "", given_reason(request.POST)
    if request.method == "POST":
        act = include_patient if patient.excluded else exclude_patient
        try:
            act(patient, reason=reason, expected_version=opened_version(request.POST), by=request.user)
        except ActionRefused as error:
            problem = str(error)
        else:
            done = _("%(patient)s is in the analysis again.") if patient.excluded else _("%(patient)s is excluded.")
            messages.success(request, done % {"patient": patient})
            return redirect("patient", patient.public_id)
    context = {"patient": patient, "reason": reason, "problem": problem}
    return render(request, "registry/exclusion.html", context, status=422 if problem else 200)
