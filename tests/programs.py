"""Programs: clients that send a token and JSON, and no cookie."""

import json
from typing import Any

from django.test import Client

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.access.scopes import scopes_for
from registry.actions.api_tokens import make_token


class Program:
    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, address: str, data: Any = None) -> Any:
        return self.client.get(f"/api/v1/{address}", data)

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """A keyword is a header: `If_Match` is If-Match."""
        content = "" if body is None else json.dumps(body)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, f"/api/v1/{address}", content, "application/json", headers=names)

    def post(self, address: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", address, {} if body is None else body, **headers)

    def patch(self, address: str, body: Any, **headers: str) -> Any:
        return self.send("PATCH", address, body, **headers)


def token_of(user: Any, *scopes: str) -> str:
    """The secret of a new token, with every scope of the role where none is named."""
    with scope(claims_of(user)):
        return make_token(by=user, name="test", scopes=scopes or scopes_for(user.role), days=1)[1]


def program_of(user: Any, *scopes: str) -> Program:
    return Program(token_of(user, *scopes))
