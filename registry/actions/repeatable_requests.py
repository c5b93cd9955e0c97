"""The answers to requests that may be sent again, kept for a day."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone

from registry.models import RepeatableRequest

KEPT_FOR: Final = dt.timedelta(hours=24)


def claim(*, user: Any, key: str, fingerprint: str) -> RepeatableRequest:
    """The request of this key. Of two at once the second waits for the end of the first, and finds its answer."""
    RepeatableRequest.objects.filter(user=user, at__lt=timezone.now() - KEPT_FOR).delete()
    request, _ = RepeatableRequest.objects.get_or_create(user=user, key=key, defaults={"fingerprint": fingerprint})
    return request


def keep(request: RepeatableRequest, *, status: int, headers: Mapping[str, str], content: Any) -> None:
    request.status, request.headers, request.content = status, dict(headers), content
    request.save(update_fields=["status", "headers", "content"])
