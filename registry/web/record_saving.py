"""The form page, when something was posted: asks for it to be saved, and leads on to what comes next."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.actions import drafts
from registry.actions.create_patient import create_patient
from registry.actions.errors import HeldByImport, NotComplete, ReasonNeeded, RecordLocked, RegistryFrozen, StaleVersion
from registry.actions.save_record import Saved, clean, completion_faults, save_record
from registry.crf.titles import title_of
from registry.models import CrfForm
from registry.web import merging
from registry.web.addresses import record_address
from registry.web.next_page import after_saving
from registry.web.record_form import RecordForm
from registry.web.record_showing import show
from registry.web.records import keep_number

State = CrfForm.State
COMPLETING = ("complete", "next", "another")  # the steps that ask for completion


def save(request: HttpRequest, record: Any) -> HttpResponse:
    """Save what was posted; otherwise show it again with everything that is wrong."""
    posted = merging.chosen(request.POST, record)
    form = RecordForm(record, user=request.user, posted=posted)
    attempt = copy(record)
    keep_number(attempt, posted)
    form.apply_to(attempt)
    complete = posted.get("step") in COMPLETING
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
    except (HeldByImport, RecordLocked, RegistryFrozen) as error:
        form.add_problem(str(error))
    except StaleVersion as error:
        return merging.show(request, form, attempt, stored=error.stored, posted=posted)
    else:
        drafts.discard(record, by=request.user)
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
    record, name = saved.record, {"form": title_of(saved.record)}
    if saved.faults:
        count = len(saved.faults)
        text = ngettext(
            "Saved as a draft. %(count)d thing keeps this form from being complete.",
            "Saved as a draft. %(count)d things keep this form from being complete.",
            count,
        )
        messages.warning(request, text % {"count": count})
        return redirect(f"{record_address(record)}?check")
    if not saved.changed:
        messages.success(request, _("%(form)s: nothing was changed.") % name)
    elif record.state == State.IN_PROGRESS:
        messages.success(request, _("%(form)s: saved as a draft.") % name)
    else:
        messages.success(request, _("%(form)s is complete.") % name)
    if record.state == State.IN_PROGRESS:
        return redirect(record_address(record))
    return after_saving(request, record, step=request.POST.get("step", ""))
