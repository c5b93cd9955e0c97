"""Which patients the board shows, and which forms the list behind its counts."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.access.roles import ALL_CENTRES_ROLES
from registry.models import Centre, Query
from registry.models.form_kinds import OVERDUE, patients_with
from registry.models.last_contact import DAYS_BETWEEN_CONTACTS, contact_is_old, with_last_contact
from registry.web.board.words import form_choices, kind_choices

OPEN, ANSWERED, NONE = "open", "answered", "none"
DAYS_OPEN = (7, 30, 90)
DAYS_SINCE_CONTACT = (DAYS_BETWEEN_CONTACTS, 2 * 365)


class BoardFilter(forms.Form):
    """What is not understood filters nothing."""

    number = forms.CharField(label=_("Patient number"), required=False, max_length=6)
    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("Centre"), required=False, empty_label=_("all"))
    form = forms.ChoiceField(label=_("Form"), required=False, choices=form_choices(_("any")))
    kind = forms.ChoiceField(label=_("State"), required=False, choices=kind_choices(_("any")))

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        if user.role in ALL_CENTRES_ROLES:
            fields["centre"].queryset = Centre.objects.all()
        else:
            del fields["centre"]
        for field in fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        self.is_valid()

    @property
    def form_name(self) -> str:
        return self.cleaned_data.get("form") or ""

    def of_patient(self, patients: Any) -> Any:
        """The part of the filter that looks at the patient."""
        if number := self.cleaned_data.get("number"):
            patients = patients.filter(number__contains=number.strip())
        if centre := self.cleaned_data.get("centre"):
            patients = patients.filter(centre=centre)
        return patients


class PatientFilter(BoardFilter):
    """Patients by the state of a form, their queries and their last contact."""

    queries = forms.ChoiceField(
        label=_("Queries"),
        required=False,
        choices=lambda: [
            ("", _("any")),
            (OPEN, pgettext_lazy("queries", "open")),
            *((f"{OPEN}-{days}", _("open for more than %d days") % days) for days in DAYS_OPEN),
            (ANSWERED, _("answered, to be closed")),
            (NONE, _("none open")),
        ],
    )
    contact = forms.ChoiceField(
        label=_("Last contact"),
        required=False,
        choices=lambda: [
            ("", _("any time")),
            *((str(days), _("more than %d days ago") % days) for days in DAYS_SINCE_CONTACT),
        ],
    )

    def apply(self, patients: Any, reference: dt.date) -> Any:
        patients = self.of_patient(patients)
        if kind := self.cleaned_data.get("kind"):
            patients = patients_with(patients, reference, kind=kind, form=self.form_name)
        if days := self.cleaned_data.get("contact"):
            patients = with_last_contact(patients).filter(contact_is_old(reference, days=int(days)))
        return self._by_queries(patients)

    def _by_queries(self, patients: Any) -> Any:
        chosen = self.cleaned_data.get("queries")
        if not chosen:
            return patients
        if chosen == ANSWERED:
            return patients.filter(_has_a(Query.objects.filter(state=Query.State.ANSWERED)))
        if chosen == NONE:
            return patients.exclude(_has_a(Query.objects.open()))
        days = chosen.removeprefix(OPEN).removeprefix("-")
        queries = Query.objects.open()
        return patients.filter(_has_a(queries.asked_before(int(days)) if days else queries))


def _has_a(queries: Any) -> Q:
    return Q(pk__in=queries.order_by().values("patient"))


class FormFilter(BoardFilter):
    """Forms of one kind; what is overdue, unless something else is asked for."""

    @property
    def kind_name(self) -> str:
        return str(self.cleaned_data.get("kind") or OVERDUE)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data, user=user)
        kind: Any = self.fields["kind"]
        kind.choices = sorted(kind_choices("")[1:], key=lambda choice: choice[0] != OVERDUE)
