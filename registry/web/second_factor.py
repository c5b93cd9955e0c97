"""Roles that see more than one centre log in with a second factor, except in the demonstration."""

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from registry.access.roles import CENTRE_ROLES, Role
from registry.models import RegistrySettings

NEEDS_SECOND_FACTOR: Final = frozenset(Role) - frozenset(CENTRE_ROLES)
# Where somebody without a second factor may still go: to set one up, to read what it says, or to leave.
_OPEN: Final = frozenset(
    {
        "mfa_activate_totp",
        "mfa_index",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_logout",
        "health",
        "language",
    }
)


class SecondFactorMiddleware:
    """Leads those who must have a second factor and have none to the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if (match is not None and match.url_name in _OPEN) or not lacks_second_factor(request.user):
            return None
        messages.info(request, _("Your role needs a second factor. Set one up to go on."))
        return redirect("mfa_activate_totp")


def lacks_second_factor(user: Any) -> bool:
    if not user.is_authenticated or user.role not in NEEDS_SECOND_FACTOR:
        return False
    return not RegistrySettings.load().is_demonstration and not get_adapter().is_mfa_enabled(user)
