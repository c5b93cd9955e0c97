"""Who asks: a person, through a token in the header `Authorization: Bearer ino_…`. A session is not asked for."""

import logging
from typing import Any

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from registry.models import ApiToken
from registry.models.api_token import SHOWN, START

logger = logging.getLogger(__name__)


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        header = get_authorization_header(request).decode("latin-1")
        if not header:
            return None
        scheme, _, secret = header.partition(" ")
        token = ApiToken.objects.find(secret) if scheme.lower() == "bearer" and secret else None
        if token is None:
            # Of what is no token of ours nothing is written down: it may be a password.
            logger.warning("a token was refused: %s", secret[:SHOWN] if secret.startswith(START) else "no token")
            raise AuthenticationFailed("This token is unknown, ended or revoked. Make one on the page API tokens.")
        token.user.token_scopes = tuple(token.scopes)  # from here on the rights are those of the token
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="registry"'
