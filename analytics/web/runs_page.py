"""Every run: what it makes, how far it has come, why it failed; and the button that tries again."""

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from analytics.actions import retry_run
from analytics.models import Run
from analytics.scheduling import heartbeats, lateness
from analytics.web.doors import found_by
from registry.access.permissions import may
from registry.access.roles import Permission
from registry.actions.leases import MAXIMUM_ATTEMPTS

RUNS_PER_PAGE = 25
PARTIAL = "partial"
PART = "analytics/runs.html"


class RunFilter(forms.Form):
    """What is not understood filters nothing."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=lambda: [("", _("any")), *Run.State.choices, (PARTIAL, _("done, but partial"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def apply(self, runs: QuerySet[Run]) -> QuerySet[Run]:
        state = self.cleaned_data.get("state") if self.is_valid() else ""
        if state == PARTIAL:
            return runs.filter(~Q(report__problems=[]), report__isnull=False)
        return runs.filter(state=state) if state else runs


@found_by(Permission.VIEW_RUNS)
def runs_page(request: HttpRequest) -> HttpResponse:
    """The page; for its script, which asks every two seconds while a run is not finished, the table alone."""
    run_filter = RunFilter(request.GET)
    page = Paginator(run_filter.apply(shown_runs()), RUNS_PER_PAGE).get_page(request.GET.get("page"))
    context = context_of_runs(request, page)
    if request.htmx:  # type: ignore[attr-defined]
        return part(request, context)
    context |= alerts() | {"filter": run_filter, "page": page}
    return render(request, "analytics/runs_page.html", context)


@found_by(Permission.TAKE_SNAPSHOT)
@require_POST
def retry(request: HttpRequest, run_id: Any) -> HttpResponse:
    retry_run(get_object_or_404(Run, public_id=run_id), by=request.user)
    return redirect("runs")


def shown_runs() -> QuerySet[Run]:
    """Newest first, with all that their table says."""
    related = ("definition", "centre", "requested_by", "retried_by", "report")
    runs = Run.objects.select_related(*related).prefetch_related("report__deliveries__user").order_by("-created_at")
    return runs.defer("report__document", "report__provenance")


def context_of_runs(request: HttpRequest, runs: list[Run] | Page[Run]) -> dict[str, object]:
    return {
        "runs": runs,
        "is_waiting": any(run.is_waiting for run in runs),
        "most_attempts": MAXIMUM_ATTEMPTS,
        "may_retry": may(request.user, Permission.TAKE_SNAPSHOT),
        "may_schedule": may(request.user, Permission.FREEZE),
        "reads_reports": may(request.user, Permission.VIEW_REPORTS),
        "may_verify": may(request.user, Permission.VERIFY_AUDIT),
    }


def part(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """The table of runs alone; once all are finished, the whole page anew."""
    response = render(request, PART, context)
    if not context["is_waiting"]:
        response["HX-Refresh"] = "true"
    return response


def alerts() -> dict[str, object]:
    """What should be known before a number is trusted."""
    now = timezone.now()
    return {"silent": heartbeats.silent(now=now), "overdue": lateness.overdue(now=now)}
