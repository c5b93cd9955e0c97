"""The status board, centre by centre: what is owed, what is done, what is asked. Every count leads to its rows."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.models import Centre, Patient, Query
from registry.models import form_kinds as kinds
from registry.models.centre_summary import Summary, summaries
from registry.models.form_deadlines import DAYS_TO_COMPLETE
from registry.models.last_contact import DAYS_BETWEEN_CONTACTS, reference_day
from registry.web.board.addresses import forms_address, patients_address
from registry.web.board.words import WORDS
from registry.web.queries.filters import list_of

SHOWN = (kinds.DUE, kinds.OVERDUE, kinds.State.COMPLETE, kinds.State.LOCKED)


@dataclass(frozen=True)
class Line:
    """One centre; without a centre all of them together."""

    centre: Centre | None
    counts: Counter[str]
    summary: Summary

    @property
    def number(self) -> Any:
        return self.centre.pk if self.centre else ""

    @property
    def patients(self) -> tuple[int, str]:
        return self.summary.patients, patients_address(centre=self.number)

    @property
    def forms(self) -> list[tuple[int, str]]:
        return [(self.counts[kind], forms_address(centre=self.number, kind=kind)) for kind in SHOWN]

    @property
    def queries(self) -> tuple[int, str]:
        return self.summary.open_queries, list_of(centre=self.number, state="open")

    @property
    def contacts(self) -> tuple[int, str]:
        return self.summary.old_contacts, patients_address(centre=self.number, contact=DAYS_BETWEEN_CONTACTS)

    @property
    def completeness(self) -> str:
        return "–" if self.summary.completeness is None else f"{number_format(100 * self.summary.completeness, 1)}%"


def board(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.VIEW_PATIENTS)
    reference = reference_day(timezone.localdate())
    context = {
        "lines": _lines(request.user, reference),
        "kinds": [WORDS[kind] for kind in SHOWN],
        "reference": reference,
        "days_to_complete": DAYS_TO_COMPLETE,
        "days_between_contacts": DAYS_BETWEEN_CONTACTS,
    }
    return render(request, "registry/board/centres.html", context)


def _lines(user: Any, reference: dt.date) -> list[Line]:
    patients = Patient.objects.visible_to(user)
    counts = by_centre(kinds.count_rows(patients, reference))
    found, together = summaries(patients, Query.objects.visible_to(user).open(), reference)
    centres = [Line(centre, counts[centre.pk], found[centre.pk]) for centre in Centre.objects.filter(pk__in=found)]
    if len(centres) < 2:
        return centres
    return [*centres, Line(None, sum(counts.values(), Counter()), together)]


def by_centre(counts: kinds.Counts) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for (centre, _form), numbers in counts.items():
        found.setdefault(centre, Counter()).update(numbers)
    return found
