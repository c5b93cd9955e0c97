"""Asking for a report: of which kind, of whom, of which patients."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from analytics.actions import request_of_every_centre, request_run
from analytics.models import Kind, Run
from registry.models import Centre, Snapshot

EVERY: Final = "every"
CONTRIBUTING: Final = ("contrib", "both")


class ReportForm(forms.Form):
    """Without an answer: the full analysis of the patients whose forms are complete."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of report"), choices=Kind, required=False)
    centre = forms.ChoiceField(label=gettext_lazy("Of a centre report: centre"), required=False)
    data_state = forms.ChoiceField(label=gettext_lazy("Patients"), choices=Snapshot.DataState, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        centres = [(str(centre.pk), str(centre)) for centre in _centres()]
        self.fields["centre"].choices = [(EVERY, gettext_lazy("every centre")), *centres]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def request(self, *, by: Any) -> list[Run]:
        kind = self.cleaned_data["kind"] or Kind.FULL_ANALYSIS
        state = self.cleaned_data["data_state"] or Snapshot.DataState.COMPLETE
        if kind != Kind.CENTRE_REPORT:
            return [request_run(by=by, kind=kind, data_state=state)]
        chosen = self.cleaned_data["centre"] or EVERY
        centres = [centre.pk for centre in _centres()] if chosen == EVERY else [int(chosen)]
        return request_of_every_centre(by=by, centres=centres, data_state=state)


def _centres() -> Any:
    return Centre.objects.filter(role__in=CONTRIBUTING).order_by("pk")


@require_POST
def recompute(request: HttpRequest) -> HttpResponse:
    """Queue what was asked for; the list shows its progress."""
    form = ReportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a kind of report, a centre and patients from the lists."))
        return redirect("reports")
    try:
        runs = form.request(by=request.user)
    except PermissionDenied as error:
        raise Http404 from error
    text = ngettext("%(count)d report is queued. This page shows its progress.",
                    "%(count)d reports are queued. This page shows their progress.", len(runs))  # fmt: skip
    messages.success(request, text % {"count": len(runs)})
    return redirect("reports")
