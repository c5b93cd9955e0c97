"""So many requests a minute for each token: a program that runs wild does not keep people from working."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class TokenThrottle(SimpleRateThrottle):
    scope = "token"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return f"api-requests-{request.auth.pk}" if request.auth else None
