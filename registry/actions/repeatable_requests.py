"""The answers to requests that may be sent again, kept for a day."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.models import RepeatableRequest, User

KEPT_FOR: Final = dt.timedelta(hours=24)


def claim(*, user: Any, key: str, fingerprint: str) -> RepeatableRequest:
    """The request of this key. Of two at once the second waits for the end of the first, and finds its answer."""
    _forget(user)
    request, _ = RepeatableRequest.objects.get_or_create(user=user, key=key, defaults={"fingerprint": fingerprint})
    return request


def keep(request: RepeatableRequest, *, status: int, headers: Mapping[str, str], content: Any) -> None:
    request.status, request.headers, request.content = status, dict(headers), content
    request.save(update_fields=["status", "headers", "content"])


def forget_old() -> int:
    """Also those of programs that ask no more: an answer holds what a record said."""
    with scope(system("scheduler")):
        users = list(User.objects.filter(api_tokens__isnull=False).distinct())
    forgotten = 0
    for user in users:
        with scope(claims_of(user)):  # nobody else sees them
            forgotten += _forget(user)
    return forgotten


def _forget(user: Any) -> int:
    return RepeatableRequest.objects.filter(user=user, at__lt=timezone.now() - KEPT_FOR).delete()[0]
