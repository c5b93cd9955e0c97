"""The list of queries: what decides the outcome analyses first, the oldest of these first."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.checks import impact
from registry.models import Query
from registry.web.places import label_of_item, title_of_form
from registry.web.queries.filters import Filter

QUERIES_PER_PAGE = 50
EFFECTS: Final = {
    impact.OUTCOME: _("outcome"),
    impact.EXPOSURE: _("model factor"),
    impact.DESCRIPTION: _("description"),
    impact.OTHER: _("other"),
}


@dataclass(frozen=True)
class Row:
    """One query of the list, with its item in the words of the form."""

    query: Query

    @property
    def effect(self) -> Any:
        return EFFECTS[self.query.impact]

    @property
    def form(self) -> str:
        return title_of_form(self.query.form_name, self.query.instance_no)

    @property
    def item(self) -> str:
        return label_of_item(self.query.form_name, self.query.field_name)


def query_list(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.VIEW_PATIENTS)
    filter_form = Filter(request.GET, user=request.user)
    queries = filter_form.apply(Query.objects.visible_to(request.user)).select_related("patient", "centre", "raised_by")
    page = Paginator(queries.order_by("impact", "raised_at", "pk"), QUERIES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": filter_form,
        "is_filtered": any(request.GET.get(name) for name in filter_form.fields),
        "page": page,
        "rows": [Row(query) for query in page],
    }
    return render(request, "registry/queries/list.html", context)
