"""One export: its progress, what is in it, who took it, and the file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from registry.actions.export_files import FileGone, exports_visible_to, hand_over
from registry.actions.exports import levels_of
from registry.models import ALL_FORMS, Export
from registry.web.downloads import zip_file


def export_page(request: HttpRequest, export_id: Any) -> HttpResponse:
    export = _find(request, export_id)
    manifest = export.manifest or {}
    rows = _rows(export)
    context = {
        "export": export,
        "may_download": export.level in levels_of(request.user),
        "rows": rows,
        "has_total": len(rows) > len(export.forms),
        "files": _files(manifest.get("files", [])),
        "seal_head": manifest.get("seal_head"),
        "events": export.events.select_related("by"),
    }
    return render(request, "registry/exports/export.html", context)


def progress(request: HttpRequest, export_id: Any) -> HttpResponse:
    """The state alone, asked for every two seconds until the work has ended."""
    export = _find(request, export_id)
    response = render(request, "registry/exports/progress.html", {"export": export})
    if not export.is_waiting:
        response["HX-Refresh"] = "true"  # the page has a file now, or a problem
    return response


def download(request: HttpRequest, export_id: Any) -> HttpResponse:
    export = _find(request, export_id)
    try:
        return zip_file(hand_over(export, by=request.user), export.file_name)
    except FileGone as error:
        return render(request, "registry/exports/gone.html", {"export": export, "problem": str(error)}, status=410)


def _find(request: HttpRequest, export_id: Any) -> Export:
    if not levels_of(request.user):
        raise Http404
    return get_object_or_404(
        exports_visible_to(request.user).select_related("requested_by", "centre"), public_id=export_id
    )


def _rows(export: Export) -> list[tuple[Any, Any]]:
    """The rows of each form, and of all where no small number is withheld."""
    if not export.manifest:
        return []
    titles = {model.form: model._meta.verbose_name for model in ALL_FORMS}
    found = [(form, export.manifest["rows"][form]) for form in export.forms]
    lines = [(titles[form], sum(rows.values()) if isinstance(rows, dict) else rows) for form, rows in found]
    is_counted = export.level == Export.Level.AGGREGATE
    return lines if is_counted or not lines else [*lines, (_("All forms"), export.rows)]


def _files(files: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """What is said of opening files in a spreadsheet, and the files of which it is said."""
    by_cells: dict[str, list[str]] = {}
    for file in files:
        by_cells.setdefault(file["cells"], []).append(file["name"])
    return list(by_cells.items())
