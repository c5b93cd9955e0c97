"""Every write of the registry is signed: who, why, where, through which channel."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from registry.access.context import current_claims, scope
from registry.access.permissions import claims_of


@contextmanager
def acting_as(
    user: Any, reason: str = "", *, centre: int | None = None, channel: str = "", batch: str | None = None
) -> Iterator[None]:
    """One transaction signed by `user`. `centre`, once the permission was checked, may be written to.

    The channel is that of the request unless it is named.
    """
    request = current_claims()
    claims = replace(
        claims_of(user, request=request.request, ip=request.ip),
        write=() if centre is None else (centre,),
        reason=reason.strip() or None,
        channel=channel or request.channel or "page",
        batch=batch,
    )
    with scope(claims):
        yield
