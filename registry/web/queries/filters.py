"""Which queries a list shows. Pages that count queries link here with the same words, so that number and list agree."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.access.roles import ALL_CENTRES_ROLES
from registry.models import PATIENT_FORMS, Centre, Patient, Query

OPEN, ALL, SELF_CLOSED, COORDINATION = "open", "all", "self-closed", "coordination"
AGES = (7, 30, 90)

_STATES = {
    OPEN: Q(state__in=Query.OPEN_STATES),
    Query.State.ANSWERED: Q(state=Query.State.ANSWERED),
    COORDINATION: Q(state__in=Query.OPEN_STATES, is_across_centres=True),
    Query.State.REOPENED: Q(state=Query.State.REOPENED),
    Query.State.CLOSED: Q(state=Query.State.CLOSED),
    ALL: Q(),
}
_BY = {"rule": ~Q(check_id=""), "person": Q(check_id="")}


class Filter(forms.Form):
    """What is not understood filters nothing; without a state the open queries are shown."""

    patient = forms.CharField(label=_("Patient number"), required=False, max_length=6)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            (OPEN, _("open or reopened")),
            (Query.State.ANSWERED, _("answered, to be closed")),
            (Query.State.REOPENED, pgettext_lazy("queries", "reopened")),
            (Query.State.CLOSED, pgettext_lazy("queries", "closed")),
            (ALL, pgettext_lazy("queries", "all")),
        ],
    )
    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("Centre"), required=False, empty_label=_("all"))
    form = forms.ChoiceField(label=_("Form"), required=False)
    check = forms.ChoiceField(label=_("Check"), required=False)
    by = forms.ChoiceField(
        label=_("Raised by"),
        required=False,
        choices=[("", _("anybody")), ("rule", _("a rule")), ("person", _("a person"))],
    )
    age = forms.ChoiceField(label=_("Older than"), required=False)
    answer = forms.ChoiceField(
        label=_("Answer"),
        required=False,
        choices=[("", _("any")), *Query.Answer.choices, (SELF_CLOSED, _("closed by the rule without an answer"))],
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        models: tuple[Any, ...] = (Patient, *PATIENT_FORMS)
        fields["form"].choices = [("", _("any")), *((each.form, each._meta.verbose_name) for each in models)]
        fields["check"].choices = [("", _("any")), *_choices_of_checks(user)]
        fields["age"].choices = [("", _("any age")), *((str(days), _("%d days") % days) for days in AGES)]
        if user.role in ALL_CENTRES_ROLES:
            fields["centre"].queryset = Centre.objects.all()
            fields["state"].choices += [(COORDINATION, _("open, for the coordinating centre"))]
        else:
            del fields["centre"]
        for field in fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        self.is_valid()

    def apply(self, queries: Any) -> Any:
        chosen = self.cleaned_data
        check, _dot, version = (chosen.get("check") or "").partition(".")
        conditions = {
            "patient": Q(patient__number__contains=(chosen.get("patient") or "").strip()),
            "centre": Q(centre=chosen.get("centre")),
            "form": Q(form_name=chosen.get("form")),
            "check": Q(check_id=check, **({"check_version": version} if version else {})),
            "by": _BY.get(chosen.get("by") or ""),
            "answer": Query.SELF_CLOSED if chosen.get("answer") == SELF_CLOSED else Q(answer=chosen.get("answer")),
        }
        queries = queries.filter(_STATES[chosen.get("state") or OPEN])
        for name, condition in conditions.items():
            if chosen.get(name):
                queries = queries.filter(condition)
        return queries.asked_before(int(chosen["age"])) if chosen.get("age") else queries


def checks_with_queries(user: Any) -> list[str]:
    """The ids of the rules that have raised a query, in the order of the catalogue."""
    found = Query.objects.visible_to(user).exclude(check_id="").order_by().values_list("check_id", flat=True).distinct()
    return sorted(found, key=lambda check: (len(check), check))


def _choices_of_checks(user: Any) -> list[tuple[str, Any]]:
    """Each check with queries, and each of its later versions: the records that it has hit since."""
    later = Query.objects.visible_to(user).filter(check_version__gt=1).order_by("check_version")
    versions = later.values_list("check_id", "check_version").distinct()
    found: list[tuple[str, Any]] = []
    for check in checks_with_queries(user):
        found.append((check, check))
        found += [
            (f"{check}.{version}", _("%(check)s, version %(version)d") % {"check": check, "version": version})
            for of_check, version in versions
            if of_check == check
        ]
    return found


def list_of(**chosen: Any) -> str:
    """The address of the list with this filter: `list_of(centre=3, check="C20", state=ALL)`."""
    return f"{reverse('queries')}?{urlencode({name: value for name, value in chosen.items() if value != ''})}"
