"""What every address of the programming interface has in common."""

from contextlib import ExitStack
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from registry.access.context import scope
from registry.access.permissions import claims_of, require_any
from registry.access.roles import Permission
from registry.actions.api_tokens import note_use
from registry.api.faults import UNREADABLE, Fault
from registry.api.paging import PARAMETERS
from registry.api.problems import Problem


class Door(GenericViewSet):
    """Opens the transaction in which the database knows the user of the token, once the token is known to be good.

    Without one of the rights that it `needs` nothing here can be seen; an action refuses what needs more.
    """

    filter_backends = [DjangoFilterBackend]
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    http_method_names = ["get", "head", "post", "patch", "put", "delete"]
    needs: ClassVar[tuple[Permission, ...]] = ()
    parameters: ClassVar[dict[str, tuple[str, ...]]] = {}  # of the address, by action, beside filters and pages

    @classmethod
    def as_view(cls, *arguments: Any, **options: Any) -> Any:
        view = super().as_view(*arguments, **options)
        view.opens_own_scope = True  # for the middleware, which knows sessions only
        return view

    def dispatch(self, request: HttpRequest, *arguments: Any, **where: Any) -> HttpResponse:
        with ExitStack() as self.transaction:
            response = super().dispatch(request, *arguments, **where)
        response["Cache-Control"] = "no-store, private"
        return response

    def initial(self, request: Request, *arguments: Any, **where: Any) -> None:
        super().initial(request, *arguments, **where)
        self._refuse_unknown_parameters(request)
        address = get_adapter(request).get_client_ip(request)
        claims = claims_of(request.user, channel="api", request=f"token {request.auth.prefix}", ip=address)
        self.transaction.enter_context(scope(claims))
        note_use(request.auth)
        if self.needs:
            require_any(request.user, *self.needs)

    def _refuse_unknown_parameters(self, request: Request) -> None:
        known = set(self.parameters.get(self.action or "", ()))
        if self.action == "list":
            known |= {*PARAMETERS, *self.filterset_class.base_filters}
        unknown = sorted(set(request.query_params) - known)
        if unknown:
            message = f"There is no such parameter here. There are: {', '.join(sorted(known)) or 'none'}."
            faults = [Fault(name, UNREADABLE, message, "Leave it out.") for name in unknown]
            raise Problem(400, "A parameter of the address is not known.", faults)


def flag(request: Request, name: str) -> bool:
    """A parameter of the address that is true or false."""
    value = request.query_params.get(name, "false")
    if value not in ("true", "false"):
        fault = Fault(name, UNREADABLE, f"{name} is true or false.")
        raise Problem(400, "A parameter of the address cannot be read.", [fault])
    return value == "true"
