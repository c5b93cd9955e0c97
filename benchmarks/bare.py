"""The measure of the pages: a bare Django view that renders as many rows, from one database query, without layout."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from registry.access.context import scope, system
from registry.models import Patient

_TEMPLATE = engines["django"].from_string(
    "<table>{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


def rows(request: HttpRequest, number: int) -> HttpResponse:
    with scope(system("benchmark", read="all")):
        columns = ("number", "centre", "sex", "age_rr", "birth_year", "consent_basis", "state", "version")
        return HttpResponse(_TEMPLATE.render({"rows": Patient.objects.values_list(*columns)[:number]}))


urlpatterns = [path("<int:number>/", rows)]
