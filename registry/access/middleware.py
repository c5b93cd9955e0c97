"""Each request is one transaction that knows who asks."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

from registry.access.context import Claims, scope, system
from registry.access.permissions import claims_of


class CentreScopeMiddleware:
    """Opens the transaction around the view, after log-in was checked; the page is rendered inside it.

    Last in the list: a response from here keeps later middleware from seeing the view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if getattr(view, "opens_own_scope", False):
            return None  # the programming interface: who asks is known by a token, which it reads itself
        try:
            with scope(_claims(request)):
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and not response.is_rendered:
                    response = response.render()
        except (ImmediateHttpResponse, ReauthenticationRequired) as answer:
            # allauth turns these into pages, but Django shows a middleware only what the view itself raises.
            return AccountMiddleware(self.get_response).process_exception(request, answer)
        return response


def _claims(request: HttpRequest) -> Claims:
    if request.user.is_authenticated:
        # As the rate limits have it: X-Forwarded-For counts as far as TRUSTED_PROXY_COUNT proxies wrote it.
        return claims_of(request.user, channel="page", ip=get_adapter(request).get_client_ip(request))
    match = request.resolver_match
    is_reset = match is not None and "reset_password" in (match.url_name or "")
    return system("reset" if is_reset else "login")
