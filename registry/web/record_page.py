"""The form page, one for all forms: reads what was typed, asks for it to be saved, and shows what came of it."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from registry.access.permissions import may, require
from registry.access.roles import Permission
from registry.actions.create_patient import create_patient
from registry.actions.errors import NotComplete, ReasonNeeded, RecordLocked, RegistryFrozen, StaleVersion
from registry.actions.save_record import Saved, clean, completion_faults, save_record
from registry.crf.titles import title_of
from registry.models import CrfForm, Patient
from registry.web import merging
from registry.web.addresses import patient_address, patient_of, record_address
from registry.web.facts.marks import marks_of
from registry.web.lines import lines
from registry.web.record_form import RecordForm
from registry.web.records import find_once, find_patient, find_repeat, form_model, next_repeat

State = CrfForm.State


def once(request: HttpRequest, patient_id: Any, form: str) -> HttpResponse:
    return record_page(request, find_once(request.user, patient_id, form))


def repeat(request: HttpRequest, patient_id: Any, form: str, instance_id: Any) -> HttpResponse:
    return record_page(request, find_repeat(request.user, patient_id, form, instance_id))


def new_repeat(request: HttpRequest, patient_id: Any, form: str) -> HttpResponse:
    patient = find_patient(request.user, patient_id)
    require(request.user, Permission.ENTER_DATA, centre=patient.centre_id)
    record = next_repeat(form_model(form, repeats=True), patient)
    if record is None:
        messages.info(request, "Every time point of this form has its record.")
        return redirect("patient", patient.public_id)
    return record_page(request, record)


def new_patient(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.ENTER_DATA)
    return record_page(request, Patient(centre=request.user.centre))


def record_page(request: HttpRequest, record: Any) -> HttpResponse:
    """Show the record, or save what was posted for it."""
    if request.method == "POST":
        return _save(request, record)
    form = RecordForm(record, user=request.user)
    if "check" in request.GET and record.is_started:
        form.add_findings(completion_faults(copy(record)))
    return show(request, record, form)


def _save(request: HttpRequest, record: Any) -> HttpResponse:
    posted = merging.chosen(request.POST, record)
    form = RecordForm(record, user=request.user, posted=posted)
    attempt = copy(record)
    _keep_number(attempt, posted)
    form.apply_to(attempt)
    complete = posted.get("step") == "complete"
    if form.refuse_unreadable():
        _add_other_problems(form, attempt, complete=complete)
        return show(request, record, form, posted=posted)
    try:
        saved = _carry_out(request, attempt, posted, complete=complete)
    except ValidationError as error:
        form.add_errors(error)
    except NotComplete as error:
        messages.error(request, str(error))
        form.add_findings(list(error.faults))
    except ReasonNeeded as error:
        form.add_problem(str(error), anchor="#id_reason")
    except (RecordLocked, RegistryFrozen) as error:
        form.add_problem(str(error))
    except StaleVersion as error:
        return merging.show(request, form, attempt, stored=error.stored, posted=posted)
    else:
        return _after(request, saved)
    return show(request, record, form, posted=posted)


def _carry_out(request: HttpRequest, attempt: Any, posted: Any, *, complete: bool) -> Saved:
    if attempt.form == "patient" and not attempt.is_started:
        return create_patient(attempt, by=request.user, complete=complete)
    return save_record(
        attempt,
        by=request.user,
        expected_version=merging.opened_version(posted),
        complete=complete,
        reason=merging.given_reason(posted),
    )


def _keep_number(attempt: Any, posted: Any) -> None:
    """A repeat keeps the number under which its page was opened, so that sending it twice does not make two."""
    if attempt.repeats and not attempt.is_started and attempt.number_field == "instance_no":
        number = posted.get("instance_no", "")
        attempt.instance_no = int(number) if number.isdecimal() else attempt.instance_no


def _add_other_problems(form: RecordForm, attempt: Any, *, complete: bool) -> None:
    """Beside what could not be read, name everything else at once."""
    unreadable = set(form.problems)
    try:
        clean(copy(attempt))
    except ValidationError as error:
        form.add_errors(error)
    if complete:
        faults = completion_faults(attempt)
        form.add_findings([each for each in faults if not {place.field for place in each.places} & unreadable])


def _after(request: HttpRequest, saved: Saved) -> HttpResponse:
    record, title = saved.record, title_of(saved.record)
    address = record_address(record)
    if saved.faults:
        count = len(saved.faults)
        what = "1 thing keeps" if count == 1 else f"{count} things keep"
        messages.warning(request, f"Saved as a draft. {what} this form from being complete.")
        return redirect(f"{address}?check")
    if record.state == State.IN_PROGRESS:
        messages.success(request, f"{title}: saved as a draft." if saved.changed else f"{title}: nothing was changed.")
        return redirect(address)
    messages.success(request, f"{title} is complete." if saved.changed else f"{title}: nothing was changed.")
    return redirect(patient_address(record))


def show(request: HttpRequest, record: Any, form: RecordForm, *, posted: Any = None) -> HttpResponse:
    status = 422 if posted is not None else 200
    context = {
        "record": record,
        "title": title_of(record),
        "patient": patient_of(record),
        "form": form,
        "lines": list(lines(form)),
        "is_complete": record.state == State.COMPLETE,
        "version": posted.get("version") if posted is not None else (record.version if record.is_started else 0),
        "reason": posted.get("reason", "") if posted is not None else "",
        "back": patient_address(record),
        "marks": marks_of(record, user=request.user),
        **_links(request, record),
    }
    return render(request, "registry/record.html", context, status=status)


def _links(request: HttpRequest, record: Any) -> dict[str, str]:
    """Where the history of the record is, and where it is deleted by who may."""
    if not record.is_started or record.form == "centre":
        return {}
    address = record_address(record)
    may_delete = record.repeats and record.state != State.LOCKED
    if may_delete and may(request.user, Permission.ENTER_DATA, centre=record.centre_id):
        return {"history": f"{address}history/", "delete": f"{address}delete/"}
    return {"history": f"{address}history/"}
