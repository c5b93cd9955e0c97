"""The patients of one's centres and the state of every form: where the day's work is found."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.access.permissions import may, require
from registry.access.roles import Permission
from registry.models import Patient
from registry.models import form_kinds as kinds
from registry.models.form_rows import MODELS, FormRow
from registry.models.last_contact import reference_day
from registry.web.board.cells import lines
from registry.web.board.filters import PatientFilter
from registry.web.board.words import form_choices

PATIENTS_PER_PAGE = 50
LEGEND = (*kinds.STATES[:-1], kinds.VERIFIED, kinds.SIGNED, kinds.State.LOCKED)


def patients(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.VIEW_PATIENTS)
    reference = reference_day(timezone.localdate())
    filter_form = PatientFilter(request.GET, user=request.user)
    found = filter_form.apply(Patient.objects.visible_to(request.user), reference)
    # Looked for once: what is found is counted and cut into pages here.
    keys = list(found.order_by("number").values_list("pk", flat=True))
    page = Paginator(keys, PATIENTS_PER_PAGE).get_page(request.GET.get("page"))
    shown = Patient.objects.filter(pk__in=list(page))
    rows = kinds.rows_of_kind(shown, reference)
    context = {
        "filter": filter_form,
        "is_filtered": any(request.GET.get(name) for name in filter_form.fields),
        "page": page,
        "lines": lines(
            shown.select_related("centre").order_by("number"), [FormRow(*values) for values in rows], reference
        ),
        "forms": [model._meta.verbose_name for model in MODELS],
        "legend": LEGEND,
        "may_enter": may(request.user, Permission.ENTER_DATA),
        "may_ask": may(request.user, Permission.RAISE_QUERY),
        "form_choices": form_choices("")[1:],
    }
    return render(request, "registry/board/patients.html", context)
