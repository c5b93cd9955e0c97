"""What changed between two reports, and the headline numbers of all reports over time."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analytics import comparing
from analytics.models import Comparison, Result
from analytics.plan.headline import ENTRIES, headline
from analytics.reports import over_time
from analytics.reports.numbers import numbers
from analytics.web.change_words import comparison_in_words, effect_in_words
from registry.access.permissions import may
from registry.access.roles import Permission

REPORTS_OVER_TIME = 60
ROWS_OF_THE_TABLE = 12


def changes(request: HttpRequest) -> HttpResponse:
    """The numbers over time, for all who read reports; the choice of two, for those who may compare."""
    if not may(request.user, Permission.VIEW_REPORTS):
        raise Http404
    reports = list(comparing.comparable_reports()[:REPORTS_OVER_TIME])
    points = _points(reports)
    context = {
        "reports": reports,
        "may_compare": comparing.may_compare(request.user),
        "figure": _figure(reports, points),
        "table": [(report, _cells(found)) for report, (_, found) in zip(reports, reversed(points), strict=True)],
        "labels": over_time.LABELS,
        "comparisons": _comparisons(request.user),
    }
    context["table"] = context["table"][:ROWS_OF_THE_TABLE]
    return render(request, "analytics/changes.html", context)


@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """Ask for the comparison of two reports, whichever of them is named first."""
    if not comparing.may_compare(request.user):
        raise Http404
    chosen = [request.POST.get(name, "") for name in ("one", "other")]
    found = {str(report.public_id): report for report in comparing.comparable_reports()}
    if any(each not in found for each in chosen):
        raise Http404
    if chosen[0] == chosen[1]:
        messages.error(request, _("This is the same report twice. Choose two different reports."))
        return redirect("changes")
    earlier, later = sorted((found[each] for each in chosen), key=lambda report: report.snapshot.taken_at)
    comparing.ask(earlier, later, by=request.user)
    return redirect("comparison", earlier.public_id, later.public_id)


def comparison(request: HttpRequest, earlier: Any, later: Any) -> HttpResponse:
    if not comparing.may_compare(request.user):
        raise Http404
    pairs = Comparison.objects.select_related("earlier__snapshot", "later__snapshot")
    found = get_object_or_404(pairs, earlier__public_id=earlier, later__public_id=later)
    context: dict[str, Any] = {"comparison": found, "has_failed": found.attempts >= comparing.MAXIMUM_ATTEMPTS}
    if found.document is not None:
        context["found"] = comparison_in_words(found.document, reader=request.user)
    return render(request, "analytics/comparison.html", context)


def _comparisons(user: Any) -> Any:
    """The newest that were computed, for those who may see patients."""
    if not comparing.may_compare(user):
        return ()
    found = Comparison.objects.exclude(document__isnull=True).defer("document")
    return found.select_related("earlier__snapshot", "later__snapshot").order_by("-asked_at")[:ROWS_OF_THE_TABLE]


def _points(reports: list[Any]) -> list[over_time.Point]:
    """Oldest first."""
    stored = Result.objects.filter(report__in=reports, entry__in=ENTRIES).values_list("report_id", "entry", "value")
    by_report: dict[int, list[Any]] = {}
    for report, entry, value in stored:
        by_report.setdefault(report, []).append((entry, [] if value["error"] else numbers(value)))
    return [
        (timezone.localtime(report.snapshot.taken_at), headline(by_report.get(report.pk, [])))
        for report in reversed(reports)
    ]


def _figure(reports: list[Any], points: list[over_time.Point]) -> str:
    """Drawn once for each newest report; reports are never edited."""
    if not reports:
        return ""
    return str(cache.get_or_set(f"over-time:{reports[0].public_id}", lambda: over_time.draw(points), None))


def _cells(found: Any) -> list[str]:
    return [effect_in_words(found.get(label)) for label in over_time.LABELS]
