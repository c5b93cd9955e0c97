"""Where a saved form leads: to what the rules ask about it, to the next form, or back to the patient."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext

from registry.models.patient_records import load_patient_records
from registry.web.addresses import patient_address, patient_of, record_address
from registry.web.confirming import questions_of
from registry.web.next_step import next_step
from registry.web.queries.fields import queries_of


def after_saving(request: HttpRequest, record: Any, *, step: str) -> HttpResponse:
    """A complete record: first to the page itself, where a rule asks for a reason."""
    count = len(questions_of(queries_of(record, user=request.user), user=request.user).found)
    if not count:
        return go_on(record, step=step)
    text = ngettext(
        "%(count)d value is unusual: correct it, or say below why it is right.",
        "%(count)d values are unusual: correct them, or say below why they are right.",
        count,
    )
    messages.warning(request, text % {"count": count})
    return redirect(f"{record_address(record)}?then={step}")


def go_on(record: Any, *, step: str) -> HttpResponse:
    """`another` repeat of the form, the `next` thing to do, or the patient."""
    patient = patient_of(record)
    if patient is None:
        return redirect(patient_address(record))
    if step == "another" and record.repeats:
        return redirect(reverse("new repeat", args=[patient.public_id, record.form]))
    following = next_step(load_patient_records(patient), after=record) if step == "next" else None
    return redirect(following.url if following else patient_address(record))
