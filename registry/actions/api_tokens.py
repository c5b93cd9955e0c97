"""Tokens of the programming interface: each person makes and revokes the own ones; they end with the account."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.access.scopes import Scope, scopes_for
from registry.actions.errors import ActionRefused
from registry.audit.acting import acting_as
from registry.models import ApiToken
from registry.models.api_token import SHOWN, digest_of, new_secret

LONGEST_DAYS: Final = 90
USE_IS_NOTED_EVERY: Final = dt.timedelta(hours=1)


class TokenRefused(ActionRefused):
    """What was asked for is no token that the registry gives."""


def make_token(*, by: Any, name: str, scopes: Sequence[str], days: int) -> tuple[ApiToken, str]:
    """A new token and its secret, which nobody can read again. Reading is part of every token."""
    wanted = [scope for scope in scopes_for(by.role) if scope in {Scope.READ, *scopes}]
    if set(scopes) - set(wanted):
        raise TokenRefused(_("Your role cannot use this scope."))
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenRefused(_("A token is valid for 1 to %(days)s days.") % {"days": LONGEST_DAYS})
    secret = new_secret()
    with acting_as(by):
        token = ApiToken.objects.create(
            user=by,
            role=by.role,
            centre=by.centre,
            name=name,
            prefix=secret[:SHOWN],
            digest=digest_of(secret),
            scopes=[scope.value for scope in wanted],
            expires_at=timezone.now() + dt.timedelta(days=days),
        )
    return token, secret


def revoke_token(token: ApiToken, *, by: Any) -> None:
    """One's own, at once and for good."""
    with acting_as(by):
        ApiToken.objects.filter(pk=token.pk, user=by, revoked_at=None).update(revoked_at=timezone.now())


def revoke_tokens_of(user: Any, *, by: Any) -> None:
    """All of an account that was closed or has another role or centre now."""
    with acting_as(by):
        ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())


def note_use(token: ApiToken) -> None:
    """When it was last used, to the hour: so that its user sees which are still needed."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
