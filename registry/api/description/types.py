"""Words of JSON Schema, and bodies put together of them, each a component of the OpenAPI description."""

from collections.abc import Iterable
from typing import Any, ClassVar

from rest_framework import serializers

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
TRUE_OR_FALSE: Schema = {"type": "boolean"}
UUID: Schema = {"type": "string", "format": "uuid"}
TIME: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}


def one_of(codes: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(codes)}


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    codes = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return schema | codes | {"type": [*types, "null"]}


def said(schema: Schema, description: str) -> Schema:
    return schema | {"description": description}


def body(properties: dict[str, Schema], *, required: Iterable[str] | None = None) -> Schema:
    """An object without other members; all are there unless it is said which must."""
    names = list(properties if required is None else required)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": names} if names else {}),
    }


class Body(serializers.Serializer):
    """What a door reads or answers, for its description only: the doors read and write JSON themselves."""

    component: ClassVar[str]
    schema: ClassVar[Schema]


def named(component: str, schema: Schema) -> type[Body]:
    return type(component, (Body,), {"component": component, "schema": schema})
