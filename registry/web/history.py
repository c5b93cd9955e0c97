"""Who changed what, when and why: of one record or of a whole patient, newest first."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from registry.crf.titles import title_of
from registry.models import AuditEntry
from registry.web.addresses import patient_address, record_address
from registry.web.history_words import Titles, changes_of, role_in_words
from registry.web.records import find_once, find_patient, find_repeat

ENTRIES_PER_PAGE = 50


def of_patient(request: HttpRequest, patient_id: Any) -> HttpResponse:
    patient = find_patient(request.user, patient_id)
    entries = AuditEntry.objects.filter(patient_id=patient.pk)
    return _show(request, entries, f"History of {patient}", back=patient_address(patient), patient=patient)


def of_record(request: HttpRequest, patient_id: Any, form: str) -> HttpResponse:
    record = find_once(request.user, patient_id, form)
    if not record.is_started:
        raise Http404("This form has not been started.")
    return _of(request, record)


def of_repeat(request: HttpRequest, patient_id: Any, form: str, instance_id: Any) -> HttpResponse:
    return _of(request, find_repeat(request.user, patient_id, form, instance_id))


def _of(request: HttpRequest, record: Any) -> HttpResponse:
    entries = AuditEntry.objects.filter(table=record._meta.db_table, row=str(record.pk))
    patient = record if record.form == "patient" else record.patient
    title = f"History of {patient}, {title_of(record)}"
    return _show(request, entries, title, back=record_address(record), patient=patient)


def _show(request: HttpRequest, entries: QuerySet[AuditEntry], title: str, *, back: str, patient: Any) -> HttpResponse:
    page = Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    titles = Titles(patient)
    context = {
        "title": title,
        "back": back,
        "patient": patient,
        "page": page,
        "rows": [(entry, titles.of(entry), role_in_words(entry.role), changes_of(entry)) for entry in page],
    }
    return render(request, "registry/history.html", context)
