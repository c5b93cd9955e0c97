"""Source data verification: the monitor compares a record, or items of it, with the source."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.record_facts import facts
from registry.actions.states import NothingChosen, verify_record
from registry.crf import words
from registry.crf.fields import crf_fields
from registry.crf.titles import title_of
from registry.models import Verification
from registry.models.patient_records import load_patient_records
from registry.web.addresses import patient_address, patient_of, record_address
from registry.web.chosen import chosen_records, token_of
from registry.web.facts.patient_marks import marks_of_patient, to_verify, verify_address
from registry.web.merging import opened_version


def verify_page(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.VERIFY)
    record = _record(request)
    problem = ""
    if request.method == "POST":
        try:
            _verify(request, record)
        except ActionRefused as error:
            problem = str(error)
        else:
            return redirect(_next_address(record, request.user))
    context = {
        "record": record,
        "patient": patient_of(record),
        "title": title_of(record),
        "about": token_of(record),
        "items": _items(record),
        "problem": problem,
        "back": record_address(record),
    }
    return render(request, "registry/facts/verify.html", context, status=422 if problem else 200)


def _record(request: HttpRequest) -> Any:
    records = chosen_records(request.user, (request.POST or request.GET).getlist("about"))
    if len(records) != 1 or not records[0].is_started:
        raise Http404
    return records[0]


def _verify(request: HttpRequest, record: Any) -> None:
    """The record as the page showed it: what was changed meanwhile is not verified."""
    record.version = opened_version(request.POST)
    is_whole = request.POST.get("step") == "whole"
    items = [] if is_whole else request.POST.getlist("item")
    if not is_whole and not items:
        raise NothingChosen
    verify_record(record, by=request.user, fields=items)
    messages.success(request, _("%(record)s is verified.") % {"record": title_of(record)})


def _next_address(record: Any, user: Any) -> str:
    """After a record as a whole the next of the patient; after items of it the record again."""
    patient = patient_of(record)
    records = load_patient_records(patient)
    marks = marks_of_patient(records, (), user=user)
    if not marks.is_verified(record):
        return record_address(record)
    following = to_verify(records, marks, after=record)
    return verify_address(following[0]) if following else patient_address(record)


def _items(record: Any) -> list[tuple[Any, str, bool]]:
    """Each item with its answer, and whether it is verified already."""
    verification = facts(Verification, record).first()
    verified = verification.fields if verification else []
    return [(field, words.answer_in_words(field, record), field.name in verified) for field in crf_fields(type(record))]
