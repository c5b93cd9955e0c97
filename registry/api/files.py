"""A file as an answer: kept by the one who asked, shown nowhere."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, media_type, headers={"Content-Disposition": content_disposition_header(True, name)})
