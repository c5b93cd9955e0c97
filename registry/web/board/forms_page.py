"""The list behind a count of forms: exactly those rows, each with a link to its form."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.access.permissions import may, require
from registry.access.roles import Permission
from registry.models import Patient
from registry.models.form_kinds import rows_of_kind
from registry.models.form_rows import MODELS, FormRow
from registry.models.last_contact import reference_day
from registry.web.board.addresses import row_address
from registry.web.board.cells import Facts, facts_of, is_overdue
from registry.web.board.filters import FormFilter
from registry.web.board.words import WORDS
from registry.web.places import title_of_form

ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    row: FormRow
    facts: Facts
    reference: Any

    @property
    def title(self) -> str:
        return title_of_form(self.row.form, self.row.number)

    @property
    def url(self) -> str:
        return row_address(self.row)

    @property
    def token(self) -> str:
        repeats = MODELS[self.row.place].repeats
        return f"{self.row.patient_id}/{self.row.form}/{self.row.record_id or '' if repeats else ''}"

    @property
    def marks(self) -> list[str]:
        return self.facts.of(self.row)

    @property
    def days_late(self) -> int | None:
        late = is_overdue(self.row, self.reference) and self.row.deadline
        return int((self.reference - late).days) if late else None


def board_forms(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.VIEW_PATIENTS)
    reference = reference_day(timezone.localdate())
    filter_form = FormFilter(request.GET, user=request.user)
    kind, form = filter_form.kind_name, filter_form.form_name
    patients = filter_form.of_patient(Patient.objects.visible_to(request.user))
    rows = rows_of_kind(patients, reference, kind=kind, form=form)
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    shown = [FormRow(*values) for values in page]
    facts = facts_of({row.patient for row in shown})
    context = {
        "filter": filter_form,
        "kind": WORDS[kind],
        "page": page,
        "lines": [Line(row, facts, reference) for row in shown],
        "may_ask": may(request.user, Permission.RAISE_QUERY),
    }
    return render(request, "registry/board/forms.html", context)
