"""Raising a query: about one item, or the same question about many records chosen in a list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.queries import raise_queries
from registry.crf.fields import crf_fields
from registry.crf.titles import title_of
from registry.web.addresses import address_of_ours, patient_address, record_address
from registry.web.chosen import chosen_records, token_of
from registry.web.places import anchor
from registry.web.queries.filters import list_of


def raise_page(request: HttpRequest) -> HttpResponse:
    """Shows whom the question goes to and asks for it; `message` raises it."""
    require(request.user, Permission.RAISE_QUERY)
    given = request.POST or request.GET
    records = chosen_records(request.user, given.getlist("about"), form=given.get("form", "patient"))
    if not records:
        messages.info(request, _("Choose at least one record first."))
        return redirect(address_of_ours(given.get("back", ""), otherwise="queries"))
    problem = ""
    if "message" in request.POST:
        try:
            return _raise(request, records)
        except ActionRefused as error:
            problem = str(error)
    items = _common_items(records)
    context = {
        "records": [(record, title_of(record), token_of(record)) for record in records],
        "items": [(field.name, f"{field.crf.number} {field.verbose_name}") for field in items],
        "field": given.get("field", ""),
        "text": given.get("message", ""),
        "problem": problem,
        "back": _address(records[0], given.get("field", "")) if len(records) == 1 else "",
    }
    return render(request, "registry/queries/raise.html", context, status=422 if problem else 200)


def _raise(request: HttpRequest, records: list[Any]) -> HttpResponse:
    field = request.POST.get("field", "")
    if field and field not in [item.name for item in _common_items(records)]:
        raise Http404
    raised = raise_queries(records=records, field=field, message=request.POST["message"], by=request.user)
    text = ngettext("%(count)d query was raised.", "%(count)d queries were raised.", len(raised))
    messages.success(request, text % {"count": len(raised)})
    return redirect(_address(records[0], field) if len(records) == 1 else list_of(by="person"))


def _common_items(records: list[Any]) -> list[Any]:
    """The items that can be asked about: where all records are of one form and there."""
    models = {type(record) for record in records}
    return list(crf_fields(models.pop())) if len(models) == 1 else []


def _address(record: Any, field: str) -> str:
    """Back to where the question arose."""
    if record.repeats and not record.is_started:
        return f"{patient_address(record)}#{record.form}"
    return record_address(record) + anchor(field)
