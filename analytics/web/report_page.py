"""One report: its sections, what identifies it, and its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from analytics.models import Report, ReportFile
from analytics.reports.paper import document as paper
from analytics.rights import readable_reports


def report_page(request: HttpRequest, report_id: Any) -> HttpResponse:
    report = _find(request, report_id)
    files = report.files.defer("content")
    return render(request, "analytics/report.html", {"report": report, "document": report.document, "files": files})


def paper_recomputed(request: HttpRequest, report_id: Any) -> HttpResponse:
    """What the model study prints beside the results of this report."""
    report = _find(request, report_id)
    document = paper.build(report.results.values_list("value", flat=True))
    return render(request, "analytics/paper_recomputed.html", {"report": report, "document": document})


def report_file(request: HttpRequest, report_id: Any, name: str) -> HttpResponse:
    """A file of the report, to be kept; never shown inside the registry's own pages."""
    file = get_object_or_404(ReportFile, report=_find(request, report_id), name=name)
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _find(request: HttpRequest, report_id: Any) -> Report:
    reports = readable_reports(request.user).select_related("snapshot")
    return get_object_or_404(reports, public_id=report_id)
