"""One patient, one page: what to do next, every form with its state, queries, timeline, derived values."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.models.last_contact import reference_day
from registry.models.patient_records import load_patient_records
from registry.web.facts.patient_marks import marks_of_patient
from registry.web.patient.derived_values import derived_values
from registry.web.patient.grid import due_forms, grid
from registry.web.patient.next_task import Work, next_task
from registry.web.patient.queries import asked, queries_of_patient, remarks
from registry.web.patient.timeline import timeline_of
from registry.web.records import find_patient


def patient_page(request: HttpRequest, patient_id: Any) -> HttpResponse:
    patient = find_patient(request.user, patient_id)
    records = load_patient_records(patient)
    for record in records.forms:
        record.patient = patient  # already read
    queries = queries_of_patient(patient)
    marks = marks_of_patient(records, queries, user=request.user)
    late = due_forms(records, reference_day(timezone.localdate()))
    questions = asked(queries, records, user=request.user)
    work = Work(records, marks, questions, late)
    context = {
        "patient": patient,
        "task": next_task(work, user=request.user),
        "rows": grid(records, marks, late=late, user=request.user).rows(),
        "marks": marks,
        "queries": questions,
        "remarks": remarks(queries, records),
        "timeline": timeline_of(records),
        "derived": derived_values(records),
        "may_exclude": may(request.user, Permission.EXCLUDE),
    }
    return render(request, "registry/patient.html", context)
