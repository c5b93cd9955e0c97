"""Workbooks that the page hands out: to be filled in, and to be corrected."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.models import ImportFile
from registry.transfer.importing.workbook_out import workbook
from registry.web.downloads import xlsx_file
from registry.web.importing.found import batch_or_404


def empty_workbook(request: HttpRequest) -> HttpResponse:
    return _workbook(request, prefilled=False)


def filled_workbook(request: HttpRequest) -> HttpResponse:
    """With every patient of the own centre as the registry has them now."""
    return _workbook(request, prefilled=True)


def _workbook(request: HttpRequest, *, prefilled: bool) -> HttpResponse:
    require(request.user, Permission.ENTER_DATA)
    centre = request.user.centre
    return xlsx_file(
        workbook(centre, prefilled=prefilled), f"centre-{centre.pk:02d}{'-filled' if prefilled else ''}.xlsx"
    )


def marked(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The file as it came, its cells coloured and explained."""
    batch = batch_or_404(request, batch_id)
    files = ImportFile.objects.visible_to(request.user).filter(batch=batch, marked__isnull=False)
    content = files.values_list("marked", flat=True).first()  # and not the file that came
    if content is None:
        raise Http404
    return xlsx_file(bytes(content), f"{batch.file_name.rpartition('.')[0] or 'file'}-marked.xlsx")
