"""One report: its sections, what identifies it, and its files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify

from analytics.models import Report, ReportFile
from analytics.reports import figures
from analytics.reports.content import File
from analytics.reports.figures.canvas import DOUBLE_COLUMN, SINGLE_COLUMN
from analytics.reports.figures.files import MEDIA_TYPES
from analytics.reports.figures.files import file as figure_file
from analytics.reports.paper import document as paper
from analytics.rights import readable_reports
from analytics.web import report_files
from registry.access.permissions import may
from registry.access.roles import Permission


def report_page(request: HttpRequest, report_id: Any) -> HttpResponse:
    report = _find(request, report_id)
    context: dict[str, object] = {
        "report": report,
        "document": report.document,
        "files": report_files.of(report),
        "may_schedule": may(request.user, Permission.FREEZE),
        "sees_all": may(request.user, Permission.VIEW_REPORTS),
    }
    if context["may_schedule"]:
        context["deliveries"] = report.deliveries.select_related("user")
    return render(request, "analytics/report.html", context)


def paper_recomputed(request: HttpRequest, report_id: Any) -> HttpResponse:
    """What the model study prints beside the results of this report."""
    report = _find(request, report_id)
    document = paper.build(report.results.values_list("value", flat=True))
    return render(request, "analytics/paper_recomputed.html", {"report": report, "document": document})


def report_file(request: HttpRequest, report_id: Any, name: str) -> HttpResponse:
    """A file of the report, to be kept; never shown inside the registry's own pages."""
    report = _find(request, report_id)
    file = get_object_or_404(ReportFile, report=report, name=name)
    return _download(report, File(file.name, file.media_type, bytes(file.content)))


def report_figure(request: HttpRequest, report_id: Any, entry: str, suffix: str) -> HttpResponse:
    """A figure drawn from the stored numbers, as wide as both columns of a journal or, with `columns=1`, as one."""
    report = _find(request, report_id)
    numbers = get_object_or_404(report.results, entry=entry).value
    if suffix not in MEDIA_TYPES or not figures.is_drawn(numbers):
        raise Http404
    width = SINGLE_COLUMN if request.GET.get("columns") == "1" else DOUBLE_COLUMN
    return _download(report, figure_file(numbers, suffix, at=report.published_at, width=width))


def _download(report: Report, file: File) -> HttpResponse:
    """Under a name that tells it from the file of another report."""
    response = HttpResponse(file.content, content_type=file.media_type)
    name = f"{slugify(report.kind)}-{str(report.public_id)[:8]}-{file.name}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _find(request: HttpRequest, report_id: Any) -> Report:
    reports = readable_reports(request.user).select_related("snapshot", "centre")
    return get_object_or_404(reports, public_id=report_id)
