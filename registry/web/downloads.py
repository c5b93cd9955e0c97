"""Files that a page hands out, whole: the transaction that knows who asks ends with the answer."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets do not read UTF-8


def csv_file(text: str, name: str) -> HttpResponse:
    return _file((BYTE_ORDER_MARK + text).encode(), "text/csv; charset=utf-8", name)


def pdf_file(content: bytes, name: str) -> HttpResponse:
    return _file(content, "application/pdf", name)


def xlsx_file(content: bytes, name: str) -> HttpResponse:
    return _file(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name)


def zip_file(content: bytes, name: str) -> HttpResponse:
    return _file(content, "application/zip", name)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type, headers={"Content-Disposition": content_disposition_header(True, name)})
