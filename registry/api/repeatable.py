"""A POST that may be sent again: with an Idempotency-Key the same request is carried out once."""

import json
import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response

from registry.actions.repeatable_requests import claim, keep
from registry.api.problems import Problem

_KEPT_HEADERS = ("ETag", "Location")


def repeatable(handler: Callable[..., Response]) -> Callable[..., Response]:
    """What is refused is not kept: nothing was written, and the corrected request may carry the same key."""

    @wraps(handler)
    def handle(view: Any, request: Request, *arguments: Any, **where: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return handler(view, request, *arguments, **where)
        if not re.fullmatch(r"[\x21-\x7e]{1,100}", key):
            raise Problem(400, "An Idempotency-Key has 1 to 100 printable characters, such as a UUID.")
        with transaction.atomic():
            earlier = claim(user=request.user, key=key, fingerprint=_fingerprint(request))
            if earlier.is_answered:
                return _again(earlier, request)
            response = handler(view, request, *arguments, **where)
            headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
            keep(earlier, status=response.status_code, headers=headers, content=response.data)
        return response

    return handle


def _again(earlier: Any, request: Request) -> Response:
    if earlier.fingerprint != _fingerprint(request):
        raise Problem(422, "This Idempotency-Key was used for another request. Give each request a key of its own.")
    return Response(earlier.content, earlier.status, headers=earlier.headers | {"Idempotency-Replayed": "true"})


def _fingerprint(request: Request) -> str:
    """Of the request, and of who the user is: nobody gets the answer that was given in another role or centre."""
    who = [request.user.role, request.user.centre_id]
    what = [request.method, request.get_full_path(), request.data]
    return sha256(json.dumps([who, what], sort_keys=True).encode()).hexdigest()
