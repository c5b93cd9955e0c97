"""The catalogue of edit checks: what each asks, of which items, how often it was right and how often overridden."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.actions.daily_work import NIGHTLY_CHECKS, last_finished
from registry.checks.catalogue import Entry, catalogue
from registry.checks.finding import Severity
from registry.models import FORMS_BY_NAME, Query
from registry.models.query_metrics import Metrics, metrics_by
from registry.web.board.words import form_choices
from registry.web.places import label_of_item
from registry.web.queries.filters import ALL, list_of

MOST_ITEMS: Final = 5
SEVERITIES: Final[dict[str, Any]] = {Severity.HARD: _("hard"), Severity.SOFT: _("soft")}


class Filter(forms.Form):
    severity = forms.ChoiceField(
        label=_("Severity"), required=False, choices=[("", _("hard and soft")), *SEVERITIES.items()]
    )
    form = forms.ChoiceField(label=_("Form"), required=False, choices=form_choices(_("any form")))
    hits = forms.ChoiceField(
        label=_("Queries"), required=False, choices=[("", _("with or without")), ("1", _("with queries"))]
    )

    def __init__(self, data: Any, *, has_hits: bool) -> None:
        super().__init__(data)
        if not has_hits:
            del self.fields["hits"]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
        self.is_valid()

    def shows(self, line: "Line") -> bool:
        chosen = self.cleaned_data
        form = chosen.get("form")
        return (
            chosen.get("severity") in ("", None, line.entry.severity)
            and (not form or any(field.startswith(f"{form}.") for field in line.entry.fields))
            and (not chosen.get("hits") or line.metrics is not None)
        )


@dataclass(frozen=True)
class Line:
    """One check, with the queries that it raised; without metrics it raised none, or the reader sees none."""

    entry: Entry
    metrics: Metrics | None
    by_centre: list[tuple[int, int]]
    of_this_version: int = 0

    @property
    def severity(self) -> Any:
        return SEVERITIES[self.entry.severity]

    @property
    def items(self) -> list[str]:
        return [_item(field) for field in self.entry.fields[:MOST_ITEMS]]

    @property
    def more_items(self) -> list[str]:
        return [_item(field) for field in self.entry.fields[MOST_ITEMS:]]

    @property
    def url(self) -> str:
        return list_of(check=self.entry.check_id, state=ALL)

    @property
    def url_of_this_version(self) -> str:
        return list_of(check=f"{self.entry.check_id}.{self.entry.version}", state=ALL)

    @property
    def centres(self) -> list[tuple[str, int, str]]:
        check = self.entry.check_id
        return [
            (f"{centre:02d}", count, list_of(check=check, state=ALL, centre=centre)) for centre, count in self.by_centre
        ]

    @property
    def override_rate(self) -> str:
        rate = self.metrics.override_rate if self.metrics else None
        return "" if rate is None else f"{rate:.0%}"


@dataclass(frozen=True)
class Hits:
    """The queries that the checks raised: by check, by check and centre, by check and later version."""

    metrics: dict[str, Metrics]
    by_centre: dict[str, list[tuple[int, int]]]
    by_version: dict[tuple[str, int], int]

    def line(self, entry: Entry) -> Line:
        check = entry.check_id
        of_this_version = self.by_version.get((check, entry.version), 0)
        return Line(entry, self.metrics.get(check), self.by_centre.get(check, []), of_this_version)


def checks(request: HttpRequest) -> HttpResponse:
    """For every role; how often a check was hit, for those who see patients."""
    has_hits = may(request.user, Permission.VIEW_PATIENTS)
    filter_form = Filter(request.GET, has_hits=has_hits)
    hits = _hits(request.user) if has_hits else Hits({}, {}, {})
    lines = [hits.line(entry) for entry in catalogue()]
    shown = [line for line in lines if filter_form.shows(line)]
    context = {
        "filter": filter_form,
        "lines": shown,
        "total": len(lines),
        "has_hits": has_hits,
        "asked_of_all": last_finished(NIGHTLY_CHECKS),
    }
    return render(request, "registry/checks.html", context)


def _hits(user: Any) -> Hits:
    """Three database queries."""
    queries = Query.objects.visible_to(user).exclude(check_id="").order_by()
    by_centre: dict[str, list[tuple[int, int]]] = {}
    counts = queries.values("check_id", "centre_id").annotate(count=Count("pk")).order_by("centre_id")
    for check, centre, count in counts.values_list("check_id", "centre_id", "count"):
        by_centre.setdefault(check, []).append((centre, count))
    versions = queries.filter(check_version__gt=1).values("check_id", "check_version").annotate(count=Count("pk"))
    return Hits(
        {each.key: each for each in metrics_by("check_id", queries)},
        by_centre,
        {
            (check, version): count
            for check, version, count in versions.values_list("check_id", "check_version", "count")
        },
    )


def _item(field: str) -> str:
    form, name = field.split(".", 1)
    model = FORMS_BY_NAME[form]
    known = {each.name for each in model._meta.get_fields()}
    label = label_of_item(form, name) if name in known else name
    return f"{model._meta.verbose_name}: {label}"
