"""How the queries went, by rule and by centre. Every count is a link to exactly those queries."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from registry.access.permissions import require
from registry.access.roles import ALL_CENTRES_ROLES, Permission
from registry.models import Centre, Query
from registry.models.query_metrics import Metrics, metrics_by
from registry.web.queries.filters import ALL, OPEN, SELF_CLOSED, checks_with_queries, list_of

Answer = Query.Answer


class Filter(forms.Form):
    check = forms.ChoiceField(label=_("Check"), required=False)
    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("Centre"), required=False, empty_label=_("all"))

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["check"].choices = [("", _("all")), *((check, check) for check in checks_with_queries(user))]
        if user.role in ALL_CENTRES_ROLES:
            fields["centre"].queryset = Centre.objects.all()
        else:
            del fields["centre"]
        for field in fields.values():
            field.widget.attrs["class"] = "form-select"
        self.is_valid()

    @property
    def chosen(self) -> dict[str, Any]:
        """As the list of queries names it."""
        centre = self.cleaned_data.get("centre")
        return {"check": self.cleaned_data.get("check") or "", "centre": centre.pk if centre else ""}


@dataclass(frozen=True)
class Line:
    """One rule or one centre, each count with the address of its list."""

    title: str
    metrics: Metrics
    chosen: dict[str, Any]

    @property
    def counts(self) -> list[tuple[int, str]]:
        numbers, chosen = self.metrics, self.chosen
        return [
            (numbers.hits, list_of(**chosen, state=ALL)),
            (numbers.open, list_of(**chosen, state=OPEN)),
            (numbers.corrected, list_of(**chosen, state=ALL, answer=Answer.CORRECTED)),
            (numbers.self_closed, list_of(**chosen, state=ALL, answer=SELF_CLOSED)),
            (numbers.confirmed, list_of(**chosen, state=ALL, answer=Answer.CONFIRMED)),
            (numbers.unavailable, list_of(**chosen, state=ALL, answer=Answer.UNAVAILABLE)),
        ]

    @property
    def override_rate(self) -> str:
        rate = self.metrics.override_rate
        return "–" if rate is None else f"{rate:.0%}"


def metrics_page(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.VIEW_PATIENTS)
    filter_form = Filter(request.GET, user=request.user)
    chosen = filter_form.chosen
    queries = Query.objects.visible_to(request.user)
    if chosen["check"]:
        queries = queries.filter(check_id=chosen["check"])
    if chosen["centre"]:
        queries = queries.filter(centre=chosen["centre"])
    context = {
        "filter": filter_form,
        "rules": [_rule(each, chosen) for each in metrics_by("check_id", queries)],
        "centres": [_centre(each, chosen) for each in metrics_by("centre_id", queries)],
    }
    return render(request, "registry/queries/metrics.html", context)


def _rule(metrics: Metrics, chosen: dict[str, Any]) -> Line:
    own = {"check": metrics.key} if metrics.key else {"check": "", "by": "person"}
    return Line(metrics.key or str(_("raised by a person")), metrics, chosen | own)


def _centre(metrics: Metrics, chosen: dict[str, Any]) -> Line:
    return Line(f"{metrics.key:02d}", metrics, chosen | {"centre": metrics.key})
