"""Every address that there is not: said to programs in their own way, and to nobody without a token."""

from typing import Any

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.doors import Door


class UnknownDoor(Door):
    schema = None  # no part of the description

    def refuse(self, request: Request, **where: Any) -> Response:
        raise Http404
