"""How many forms are in each state, by centre and by form; what was changed since it was verified."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.access.permissions import may, require
from registry.access.roles import Permission
from registry.models import Centre, Patient
from registry.models import form_kinds as kinds
from registry.models.form_rows import MODELS
from registry.models.last_contact import reference_day
from registry.web.board.addresses import forms_address
from registry.web.board.filters import BoardFilter
from registry.web.board.words import WORDS

SHOWN = (*kinds.STATES[:-1], kinds.State.LOCKED, kinds.VERIFIED, kinds.VERIFIED_IN_PART, kinds.SIGNED, kinds.CHANGED)


@dataclass(frozen=True)
class Line:
    """One centre or one form, each count with the address of its list."""

    title: str
    counts: Counter[str]
    chosen: dict[str, Any]

    @property
    def cells(self) -> list[tuple[int, str]]:
        return [(self.counts[kind], forms_address(**self.chosen, kind=kind)) for kind in SHOWN]


class Filter(BoardFilter):
    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data, user=user)
        del self.fields["number"], self.fields["kind"]


def states(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.VIEW_PATIENTS)
    reference = reference_day(timezone.localdate())
    filter_form = Filter(request.GET, user=request.user)
    patients = filter_form.of_patient(Patient.objects.visible_to(request.user))
    counts = kinds.count_rows(patients, reference)
    for key, facts in kinds.count_facts(patients, reference).items():
        counts[key].update(facts)
    if filter_form.form_name:
        counts = {key: numbers for key, numbers in counts.items() if key[1] == filter_form.form_name}
    centre = filter_form.cleaned_data.get("centre")
    context = {
        "filter": filter_form,
        "kinds": [WORDS[kind] for kind in SHOWN],
        "by_centre": list(_by_centre(counts, form=filter_form.form_name)),
        "by_form": list(_by_form(counts, centre=centre.pk if centre else "")),
        "may_freeze": may(request.user, Permission.FREEZE),
    }
    return render(request, "registry/board/states.html", context)


def _by_centre(counts: kinds.Counts, *, form: str) -> Iterable[Line]:
    names = {centre.pk: str(centre) for centre in Centre.objects.filter(pk__in={centre for centre, _form in counts})}
    for number in sorted(names):
        yield Line(names[number], _sum(counts, centre=number), {"centre": number, "form": form})


def _by_form(counts: kinds.Counts, *, centre: Any) -> Iterable[Line]:
    for model in MODELS:
        if any(form == model.form for _centre, form in counts):
            title = str(model._meta.verbose_name)
            yield Line(title, _sum(counts, form=model.form), {"centre": centre, "form": model.form})


def _sum(counts: kinds.Counts, *, centre: int | None = None, form: str = "") -> Counter[str]:
    chosen = [numbers for (one, other), numbers in counts.items() if centre in (None, one) and form in ("", other)]
    return sum(chosen, Counter())
