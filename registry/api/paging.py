"""Lists come in pages: `limit` and `offset`, and the addresses of the pages beside this one."""

import re
from typing import Any, Final

from django.utils.http import urlencode
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.faults import UNREADABLE, Fault
from registry.api.problems import Problem

LIMIT: Final = {"default": 100, "minimum": 1, "maximum": 1000}
OFFSET: Final = {"default": 0, "minimum": 0, "maximum": 10_000_000}
PARAMETERS: Final = {
    "limit": (LIMIT, "How many at most."),
    "offset": (OFFSET, "How many of the list to leave out before the first."),
}


class Pages(BasePagination):
    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.limit, self.offset = (whole_number(request, name, limits) for name, (limits, _) in PARAMETERS.items())
        self.count = queryset.count()
        # Of what stands alike in the order the database shows on each page what it likes: the key decides.
        ordered = queryset.order_by(*(queryset.query.order_by or queryset.model._meta.ordering), "pk")
        return list(ordered[self.offset : self.offset + self.limit])

    def get_paginated_response(self, data: Any) -> Response:
        following, before = self.offset + self.limit, max(self.offset - self.limit, 0)
        return Response(
            {
                "count": self.count,
                "next": self._address(following) if following < self.count else None,
                "previous": self._address(before) if self.offset else None,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "How many there are on all pages."},
                "next": address | {"description": "The page after this one; null at the end."},
                "previous": address | {"description": "The page before; null at the beginning."},
                "results": schema | {"description": "Each as it is answered alone."},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": text,
                "schema": {"type": "integer", **limits},
            }
            for name, (limits, text) in PARAMETERS.items()
        ]

    def _address(self, offset: int) -> str:
        parameters = self.request.query_params.dict() | {"offset": str(offset)}
        return self.request.build_absolute_uri(f"{self.request.path}?{urlencode(parameters)}")


def whole_number(request: Request, name: str, limits: dict[str, int]) -> int:
    text = request.query_params.get(name, str(limits["default"]))
    number = int(text) if re.fullmatch("[0-9]{1,8}", text) else -1
    if not limits["minimum"] <= number <= limits["maximum"]:
        message = f"{name} is a whole number from {limits['minimum']} to {limits['maximum']}."
        raise Problem(400, "A parameter of the address cannot be read.", [Fault(name, UNREADABLE, message)])
    return number
