"""Published reports, the newest work that makes them, and the button that asks for a new one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from analytics.models import Kind
from analytics.rights import readable_reports
from analytics.scheduling import lateness
from analytics.web.doors import found_by
from analytics.web.report_request import ReportForm
from analytics.web.runs_page import alerts, context_of_runs, part, shown_runs
from registry.access.permissions import may
from registry.access.roles import Permission

RUNS_SHOWN = 5
REPORTS_PER_PAGE = 25


@found_by(Permission.VIEW_REPORTS, Permission.VIEW_CENTRE_REPORT, Permission.VIEW_RUNS)
def report_list(request: HttpRequest) -> HttpResponse:
    """Reports for those who may read them; the administrator sees the states of the runs only."""
    reads = any(may(request.user, right) for right in (Permission.VIEW_REPORTS, Permission.VIEW_CENTRE_REPORT))
    if not reads:
        return redirect("runs")
    reports = readable_reports(request.user).select_related("snapshot", "centre").defer("document", "provenance")
    kind = request.GET.get("kind", "")
    if kind in Kind.values:
        reports = reports.filter(kind=kind)
    context: dict[str, object] = {
        "kind": kind,
        "kinds": Kind.choices,
        "page": Paginator(reports, REPORTS_PER_PAGE).get_page(request.GET.get("page")),
        "may_recompute": may(request.user, Permission.TAKE_SNAPSHOT),
        "may_verify": may(request.user, Permission.VERIFY_AUDIT),
        "may_schedule": may(request.user, Permission.FREEZE),
        "sees_all": may(request.user, Permission.VIEW_REPORTS),
        "sees_runs": may(request.user, Permission.VIEW_RUNS),
    }
    if context["may_recompute"]:
        context["form"] = ReportForm()
    if context["sees_runs"]:
        context |= context_of_runs(request, list(shown_runs()[:RUNS_SHOWN]))
        if request.htmx:  # type: ignore[attr-defined]
            return part(request, context)
        context |= alerts() | {"stale": lateness.stale(now=timezone.now())}
    return render(request, "analytics/report_list.html", context)
