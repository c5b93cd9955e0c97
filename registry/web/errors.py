"""What a reader sees when the registry fails: words, and whether waiting helps."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from registry.api.problems import MEDIA_TYPE, Problem

_PROBLEM = {
    500: Problem(500, "The registry failed; nothing was saved. Those who run it are told by its log."),
    503: Problem(503, "The registry is out of service for a moment; nothing was saved. Send the request again later."),
}


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database cannot be reached, 500 otherwise. Needs neither database nor session."""
    is_database = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if is_database else 500
    if request.path.startswith("/api/"):
        return JsonResponse(_PROBLEM[status].as_json(request.path), status=status, content_type=MEDIA_TYPE)
    return HttpResponse(render_to_string(f"{status}.html"), status=status)
