"""The form page as it is shown: what is stored, or what somebody typed, with everything that stands beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.crf import words
from registry.crf.fields import crf_fields, unit_beside
from registry.crf.titles import title_of
from registry.models import CrfForm
from registry.web.addresses import page_address, patient_address, patient_of, record_address
from registry.web.confirming import Questions, questions_of
from registry.web.facts.marks import marks_of
from registry.web.kept_input import Restored
from registry.web.lines import Beside, lines
from registry.web.panels import panels
from registry.web.readings import readings, records_with
from registry.web.record_form import RecordForm
from registry.web.sections import Section, sections

State = CrfForm.State


def show(
    request: HttpRequest,
    record: Any,
    form: RecordForm,
    *,
    posted: Any = None,
    restored: Restored | None = None,
    questions: Questions | None = None,
) -> HttpResponse:
    """The page of one record. With `posted`, what was typed was refused; `restored` was kept and not saved."""
    marks = marks_of(record, user=request.user)
    if questions is None:
        questions = questions_of(marks.queries, user=request.user)
    records = records_with(form.record)
    beside = Beside(
        readings=readings(form, records),
        panels=panels(form.record, records),
        questions=questions,
        stored=_stored(record, restored) if restored else {},
    )
    whole = Section("", "", list(lines(form, beside)))
    context = {
        "record": record,
        "title": title_of(record),
        "patient": patient_of(record),
        "form": form,
        "whole": whole,
        "sections": sections(form, whole.lines),
        "is_complete": record.state == State.COMPLETE,
        **_opened_with(record, posted or (restored and restored.posted) or {}),
        "back": patient_address(record),
        "marks": marks,
        "questions": questions,
        "then": request.POST.get("then") or request.GET.get("then", ""),
        "restored": restored,
        "keep": f"{page_address(record)}keep/" if form.fields else "",
        **_links(request, record),
    }
    return render(request, "registry/record.html", context, status=200 if posted is None else 422)


def _opened_with(record: Any, given: Any) -> dict[str, Any]:
    """The version on which this input rests, and the reason typed so far."""
    version = record.version if record.is_started else 0
    return {"version": given.get("version", version), "reason": given.get("reason", "")}


def _stored(record: Any, restored: Restored) -> dict[str, str]:
    """What stands in the registry, for each question whose kept input differs from it."""
    if not record.is_started:
        return {}
    found = {}
    for field in crf_fields(type(record)):
        names = {field.name, f"{field.name}_missing", unit_beside(field)}
        if names & restored.changed:
            found[field.name] = words.answer_in_words(field, record) or _("no answer")
    return found


def _links(request: HttpRequest, record: Any) -> dict[str, str]:
    """Where the history of the record is, and where it is deleted by who may."""
    if not record.is_started or record.form == "centre":
        return {}
    address = record_address(record)
    may_delete = record.repeats and record.state != State.LOCKED
    if may_delete and may(request.user, Permission.ENTER_DATA, centre=record.centre_id):
        return {"history": f"{address}history/", "delete": f"{address}delete/"}
    return {"history": f"{address}history/"}
