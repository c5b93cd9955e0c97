"""Exports: choose, see how many rows there will be, start; and what was exported before, by whom."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from registry.actions.export_files import exports_visible_to
from registry.actions.exports import levels_of, may_choose_centres, request_export
from registry.models import ALL_FORMS, Centre, Export
from registry.transfer.exports.levels import RULES
from registry.transfer.exports.tables import Counts
from registry.web.exports.choosing import ExportForm, rows_in_words

EXPORTS_PER_PAGE: Final = 50


@dataclass(frozen=True)
class Line:
    """One form: how many rows in all, and at each centre where the reader may compare them."""

    title: str
    total: Any
    centres: list[int]
    is_sum: bool = False


def exports_page(request: HttpRequest) -> HttpResponse:
    _require_right(request)
    form = ExportForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        if not form.problem:
            return redirect("export", request_export(form.wish, by=request.user).public_id)
        form.add_error(None, form.problem)
    if not form.is_bound:
        form = ExportForm(_initial(form), user=request.user)
    exports = exports_visible_to(request.user).select_related("requested_by", "centre").defer("manifest")
    levels = levels_of(request.user)
    context = {
        "form": form,
        "page": Paginator(exports, EXPORTS_PER_PAGE).get_page(request.GET.get("page")),
        "centre": request.user.centre,
        "levels": [Export.Level(level) for level in levels],
        "sees_patients": Export.Level.FULL in levels,
        "rules": [(rule.what, [rule.at(level).value for level in levels]) for rule in RULES],
    }
    return render(request, "registry/exports/list.html", context | _counts(form), status=422 if form.errors else 200)


def counts(request: HttpRequest) -> HttpResponse:
    """The table of rows alone, asked for whenever the choice changes."""
    _require_right(request)
    return render(request, "registry/exports/counts.html", _counts(ExportForm(request.GET, user=request.user)))


def _counts(form: ExportForm) -> dict[str, Any]:
    if form.errors.keys() - {NON_FIELD_ERRORS}:
        return {"problem": _("Choose at least one form and one centre.")}
    counted = form.counted()
    compares = may_choose_centres(form.user)
    found = sorted({centre for numbers in counted.values() for centre in numbers}) if compares else []
    titles = {model.form: model._meta.verbose_name for model in ALL_FORMS}
    is_masked = Export.Level.FULL not in levels_of(form.user)
    lines = [
        Line(
            str(titles[name]),
            rows_in_words(numbers.total(), is_masked=is_masked),
            [numbers[centre] for centre in found],
        )
        for name, numbers in counted.items()
    ]
    if lines and not is_masked:
        lines.append(_sum(counted, found))
    problem = "" if form.errors else form.problem  # which stands above the form already
    return {"problem": problem, "lines": lines, "centres": Centre.objects.filter(pk__in=found)}


def _sum(counted: Counts, centres: list[int]) -> Line:
    by_centre = [sum(numbers[centre] for numbers in counted.values()) for centre in centres]
    return Line(str(_("All forms")), sum(numbers.total() for numbers in counted.values()), by_centre, is_sum=True)


def _initial(form: ExportForm) -> dict[str, Any]:
    """What stands on the page before anything is chosen."""
    return {name: field.initial for name, field in form.fields.items() if field.initial is not None}


def _require_right(request: HttpRequest) -> None:
    if not levels_of(request.user):
        raise Http404
