"""What the token that is used may do, and until when."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.description import operations
from registry.api.doors import Door


@operations.OWN_TOKEN
class TokenDoor(Door):
    """The token of the request itself."""

    def retrieve(self, request: Request) -> Response:
        return Response(_as_json(request.user, request.auth))


def _as_json(user: Any, token: Any) -> dict[str, Any]:
    return {
        "user": user.username,
        "name": user.name,
        "role": user.role,
        "centre": user.centre_id,
        "token": token.prefix,
        "scopes": token.scopes,
        "expires_at": token.expires_at.isoformat(),
    }
