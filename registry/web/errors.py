"""What a reader sees when the registry fails: words, and whether waiting helps."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database cannot be reached, 500 otherwise. Needs neither database nor session."""
    is_database = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if is_database else 500
    return HttpResponse(render_to_string(f"{status}.html"), status=status)
