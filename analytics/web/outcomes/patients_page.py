"""The patients behind a number of the outcomes page: as many as the number says, within one's rights."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from analytics.live.lists import rows_of
from analytics.models import LiveList
from registry.access.permissions import may, readable_centres
from registry.access.roles import Permission
from registry.models import Patient

PATIENTS_PER_PAGE = 100


def outcome_patients(request: HttpRequest) -> HttpResponse:
    """Number and centre of each; `n` is what the page showed, as the registry may have been computed again since."""
    if not may(request.user, Permission.VIEW_REPORTS):
        raise Http404
    found = get_object_or_404(
        LiveList.objects.select_related("outcomes__snapshot").defer(
            "outcomes__headline", "outcomes__sections", "outcomes__by_group"
        ),
        place=request.GET.get("list", "").replace("\x00", ""),
    )
    numbers = _numbers(found, request.user)
    page = Paginator(numbers, PATIENTS_PER_PAGE).get_page(request.GET.get("page"))
    shown = request.GET.get("n", "")
    context = {
        "list": found,
        "outcomes": found.outcomes,
        "was": shown if shown.isdecimal() and shown != str(found.n) else "",
        "hidden": found.n - len(numbers),
        "page": page,
        "patients": Patient.objects.visible_to(request.user).filter(number__in=list(page)).select_related("centre"),
    }
    return render(request, "analytics/outcomes/patients.html", context)


def _numbers(found: LiveList, user: Any) -> list[str]:
    """Sorted. Row-level security hides the patients of other centres a second time."""
    centres, everyone = readable_centres(user), found.outcomes
    known = everyone.patients.all() if centres == "all" else everyone.patients.filter(centre__in=centres)
    by_row = {row: number for each in known for row, number in zip(each.rows, each.numbers, strict=True)}
    n_enrolled = everyone.snapshot.n_patients
    return sorted(by_row[row] for row in rows_of(bytes(found.members), n_enrolled) if row in by_row)
