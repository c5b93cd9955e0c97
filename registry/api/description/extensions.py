"""What drf-spectacular is told about our bodies and our tokens."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension

from registry.api.description.types import Schema


class BodyExtension(OpenApiSerializerExtension):
    target_class = "registry.api.description.types.Body"
    match_subclasses = True

    def get_name(self, auto_schema: Any, direction: str) -> str:
        return str(self.target.component)

    def map_serializer(self, auto_schema: Any, direction: str) -> Schema:
        return dict(self.target.schema)


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "registry.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> Schema:
        return {"type": "http", "scheme": "bearer", "description": "A token from the page API tokens."}
