"""The patients of one's centres, with the state of every form."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from registry.access.permissions import may, require
from registry.access.roles import ALL_CENTRES_ROLES, Permission
from registry.models import PATIENT_FORMS, Centre, Patient
from registry.web.board.words import WORDS, form_choices
from registry.web.states import EMPTY, STATES, cells, form_states

PATIENTS_PER_PAGE = 50
ANY_FORM = ""


class Filter(forms.Form):
    """Which patients to show. What is not understood filters nothing."""

    number = forms.CharField(label=_("Patient number"), required=False, max_length=6)
    centre = forms.ModelChoiceField(
        Centre.objects.none(), label=_("Centre"), required=False, empty_label=_("all centres")
    )
    form = forms.ChoiceField(
        label=_("Form"),
        required=False,
        choices=[(ANY_FORM, _("any form")), *((model.form, model._meta.verbose_name) for model in PATIENT_FORMS)],
    )
    state = forms.ChoiceField(
        label=_("is"), required=False, choices=[("", _("in any state")), *((state, WORDS[state]) for state in STATES)]
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        if user.role in ALL_CENTRES_ROLES:
            self.fields["centre"].queryset = Centre.objects.all()  # type: ignore[attr-defined]
        else:
            del self.fields["centre"]
        for field in self.fields.values():
            is_list = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_list else "form-control"

    def apply(self, patients: QuerySet[Patient]) -> QuerySet[Patient]:
        self.is_valid()
        if number := self.cleaned_data.get("number"):
            patients = patients.filter(number__contains=number.strip())
        if centre := self.cleaned_data.get("centre"):
            patients = patients.filter(centre=centre)
        if state := self.cleaned_data.get("state"):
            patients = patients.filter(_has_form_in(state, self.cleaned_data.get("form", ANY_FORM)))
        return patients


def _has_form_in(state: str, form: str) -> Q:
    condition = Q()
    for model in PATIENT_FORMS:
        if form in (ANY_FORM, model.form):
            records = model.objects.filter(patient=OuterRef("pk"))  # type: ignore[attr-defined]
            condition |= ~Q(Exists(records)) if state == EMPTY else Q(Exists(records.filter(state=state)))
    return condition


def patient_list(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.VIEW_PATIENTS)
    visible = Patient.objects.visible_to(request.user).select_related("centre")
    filter_form = Filter(request.GET, user=request.user)
    page = Paginator(filter_form.apply(visible), PATIENTS_PER_PAGE).get_page(request.GET.get("page"))
    states = form_states(page.object_list)
    context = {
        "filter": filter_form,
        "is_filtered": any(request.GET.get(name) for name in filter_form.fields),
        "page": page,
        "rows": [(patient, cells(patient, states[patient.pk])) for patient in page],
        "forms": [model._meta.verbose_name for model in PATIENT_FORMS],
        "states": STATES,
        "may_enter": may(request.user, Permission.ENTER_DATA),
        "may_ask": may(request.user, Permission.RAISE_QUERY),
        "form_choices": form_choices("")[1:],
    }
    return render(request, "registry/patient_list.html", context)
