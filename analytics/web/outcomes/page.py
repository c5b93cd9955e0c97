"""What was computed last, and how far the next computation is."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.db.models.fields.json import KeyTransform
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from analytics.live import watch
from analytics.live.content import EVERYBODY
from analytics.models import LiveOutcomes, LiveRun
from analytics.plan.groups import GROUPINGS
from registry.access.permissions import may
from registry.access.roles import Permission

SECTIONS = (
    ("patients", gettext_lazy("Patients and treatment")),
    ("sos", gettext_lazy("SOS/VOD")),
    ("factors", gettext_lazy("Prognostic factors")),
    ("centres", gettext_lazy("Centres")),
    ("courses", gettext_lazy("Course of each patient")),
    ("flow", gettext_lazy("Who is in the analysis")),
)


def outcomes(request: HttpRequest) -> HttpResponse:
    """The page; with `group`, its curves by one of the groupings that were named beforehand."""
    _refuse_others(request)
    groupings = {grouping.id: grouping.title for grouping in GROUPINGS}
    group = request.GET.get("group", "")
    chosen = group if group in groupings else ""
    newest = (
        LiveOutcomes.objects.select_related("snapshot")
        .defer("by_group")
        .annotate(comparison=KeyTransform(chosen or EVERYBODY, F("by_group")))
        .first()
    )
    context = _status(newest) | {
        "sections": [(name, title, newest.sections[name]) for name, title in SECTIONS] if newest else [],
        "groupings": groupings,
        "chosen": chosen,
        "may_open": may(request.user, Permission.VIEW_PATIENTS),
        "may_recompute": may(request.user, Permission.TAKE_SNAPSHOT),
    }
    return render(request, "analytics/outcomes/page.html", context)


def status(request: HttpRequest) -> HttpResponse:
    """The line on data and computation, asked for every few seconds by the page, which says what it shows."""
    _refuse_others(request)
    newest = LiveOutcomes.objects.select_related("snapshot").defer("headline", "sections", "by_group").first()
    context, shown = _status(newest), request.GET.get("shown", "")
    if shown == context["signature"]:
        return HttpResponse(status=204)  # nothing to say, and nothing to read aloud
    response = render(request, "analytics/outcomes/status.html", context)
    if newest and not shown.startswith(f"{newest.pk}-"):
        response["HX-Trigger"] = "outcomes-changed"
    return response


@require_POST
def recompute(request: HttpRequest) -> HttpResponse:
    """Compute at once, without waiting for a change."""
    try:
        run = watch.ask(by=request.user)
    except PermissionDenied as error:
        raise Http404 from error
    if run is None:
        messages.info(request, _("A computation is under way already."))
    return redirect("outcomes")


def _status(newest: LiveOutcomes | None) -> dict[str, Any]:
    run = LiveRun.objects.first()
    parts = (newest.pk, run.pk, run.state, run.step) if newest and run else (newest and newest.pk, run and run.pk)
    return {"outcomes": newest, "run": run, "signature": "-".join(map(str, parts))}


def _refuse_others(request: HttpRequest) -> None:
    if not may(request.user, Permission.VIEW_REPORTS):
        raise Http404
