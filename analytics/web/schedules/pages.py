"""Scheduled reports: the list, the form with the due times to come, making one now, deleting or pausing."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from analytics.models import ReportDefinition, Run
from analytics.rights import RightsChanged, refuse_changed_rights
from analytics.scheduling.definitions import remove_definition
from analytics.scheduling.due_times import check_schedule, next_due
from analytics.scheduling.queueing import run_now
from analytics.web.doors import found_by
from analytics.web.schedules.form import ScheduleForm
from analytics.web.schedules.words import USUAL
from registry.access.roles import Permission

DUE_TIMES_SHOWN = 3


@dataclass(frozen=True)
class Row:
    """One definition as the list shows it; `when` is None where the expression has no words."""

    definition: ReportDefinition
    when: Promise | None
    next_due: Any
    last_run: Run | None
    problem: str


@found_by(Permission.FREEZE)
def schedule_list(request: HttpRequest) -> HttpResponse:
    definitions = ReportDefinition.objects.select_related("centre", "run_as").prefetch_related(
        "recipients", Prefetch("runs", Run.objects.order_by("definition_id", "-due_at").distinct("definition_id"))
    )
    rows = [_row(definition) for definition in definitions]
    return render(request, "analytics/schedules.html", {"rows": rows})


@found_by(Permission.FREEZE)
def new_schedule(request: HttpRequest) -> HttpResponse:
    return _edit(request, ReportDefinition())


@found_by(Permission.FREEZE)
def schedule_page(request: HttpRequest, schedule_id: Any) -> HttpResponse:
    return _edit(request, get_object_or_404(ReportDefinition, public_id=schedule_id))


@found_by(Permission.FREEZE)
def due_times(request: HttpRequest) -> HttpResponse:
    """The part of the form that says when the chosen schedule is due; asked for while somebody chooses."""
    form = ScheduleForm(request.GET, definition=ReportDefinition())
    return render(request, "analytics/due_times.html", _due_times(form))


@found_by(Permission.FREEZE)
@require_POST
def make_now(request: HttpRequest, schedule_id: Any) -> HttpResponse:
    definition = get_object_or_404(ReportDefinition, public_id=schedule_id)
    run_now(definition, by=request.user)
    messages.success(request, _("%(name)s is queued.") % {"name": definition})
    return redirect("runs")


@found_by(Permission.FREEZE)
@require_POST
def remove(request: HttpRequest, schedule_id: Any) -> HttpResponse:
    definition = get_object_or_404(ReportDefinition, public_id=schedule_id)
    is_gone = remove_definition(definition, by=request.user)
    text = _("%(name)s was deleted.") if is_gone else _("%(name)s is paused: its reports are kept.")
    messages.success(request, text % {"name": definition})
    return redirect("schedules")


def _edit(request: HttpRequest, definition: ReportDefinition) -> HttpResponse:
    form = ScheduleForm(request.POST if request.method == "POST" else None, definition=definition)
    if form.is_bound and form.is_valid():
        try:
            saved = form.save(by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = ngettext("%(number)d schedule was saved.", "%(number)d schedules were saved.", len(saved))
            messages.success(request, text % {"number": len(saved)})
            return redirect("schedules")
    stored = ReportDefinition.objects.filter(pk=definition.pk).first()
    due = {} if form.is_bound else _due_times(form)  # a wrong expression is named beside its question
    context = {"form": form, "stored": stored, "has_run": bool(stored and stored.runs.exists())} | due
    return render(request, "analytics/schedule.html", context, status=422 if form.is_bound else 200)


def _due_times(form: ScheduleForm) -> dict[str, Any]:
    try:
        check_schedule(form.expression)
    except ValidationError as error:
        return {"due_times": [], "problem": error.messages[0] if form.expression else ""}
    return {"due_times": next_due(form.expression, now=timezone.now(), count=DUE_TIMES_SHOWN)}


def _row(definition: ReportDefinition) -> Row:
    try:
        refuse_changed_rights(definition)
        problem = ""
    except RightsChanged as error:
        problem = str(error)
    (due_at,) = next_due(definition.schedule, now=timezone.now())
    return Row(definition, USUAL.get(definition.schedule), due_at, next(iter(definition.runs.all()), None), problem)
