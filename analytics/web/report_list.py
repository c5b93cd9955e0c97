"""Published reports, the work that makes them, and the button that asks for a new one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analytics.actions import request_run
from analytics.models import Run
from analytics.rights import readable_reports
from registry.access.permissions import may
from registry.access.roles import Permission

RUNS_SHOWN = 10
REPORTS_SHOWN = 50
UNFINISHED = (Run.State.QUEUED, Run.State.RUNNING)


def report_list(request: HttpRequest) -> HttpResponse:
    """Reports for those who may read them; the administrator sees the states of the runs only."""
    sees_reports = may(request.user, Permission.VIEW_REPORTS)
    if not sees_reports and not may(request.user, Permission.VIEW_RUNS):
        raise Http404
    reports = readable_reports(request.user).select_related("snapshot").defer("document")
    context = _runs_of(request) | {
        "sees_reports": sees_reports,
        "reports": reports[:REPORTS_SHOWN],
        "may_verify": may(request.user, Permission.VERIFY_AUDIT),
    }
    return render(request, "analytics/report_list.html", context)


def runs(request: HttpRequest) -> HttpResponse:
    """The table of runs alone, asked for every two seconds while one is not finished."""
    if not may(request.user, Permission.VIEW_RUNS):
        raise Http404
    context = _runs_of(request)
    response = render(request, "analytics/runs.html", context)
    if not context["is_waiting"]:
        response["HX-Refresh"] = "true"  # the list of reports has a new entry
    return response


@require_POST
def recompute(request: HttpRequest) -> HttpResponse:
    try:
        request_run(by=request.user)
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, _("The analysis is queued. This page shows its progress."))
    return redirect("reports")


def _runs_of(request: HttpRequest) -> dict[str, object]:
    found = list(
        Run.objects.select_related("definition", "requested_by", "report").order_by("-created_at")[:RUNS_SHOWN]
    )
    return {
        "runs": found,
        "is_waiting": any(run.state in UNFINISHED for run in found),
        "may_recompute": may(request.user, Permission.TAKE_SNAPSHOT),
    }
