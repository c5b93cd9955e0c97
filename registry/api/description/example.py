"""An example of a body, made of the examples of its members."""

from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]
_OF_TYPE = {"integer": 1, "number": 1, "boolean": False, "null": None, "string": "text"}
_OF_FORMAT = {
    "uuid": "00000000-0000-0000-0000-000000000000",
    "date": "2019-04-03",
    "date-time": "2019-04-03T12:00:00Z",
    "uri": "https://registry.example/api/v1/patients/?offset=100",
}


def example_of(schema: Schema, resolved: Callable[[Schema], Schema]) -> Any:
    schema = resolved(schema)
    for name in ("examples", "enum"):
        if name in schema:
            return schema[name][0]
    if "const" in schema:
        return schema["const"]
    if "properties" in schema:
        members = {name: example_of(each, resolved) for name, each in _shown(schema["properties"]).items()}
        for name in members.get("missing") or ():
            members["values"].pop(name, None)  # either a value or the reason why there is none
        return members
    if "items" in schema:
        return [example_of(schema["items"], resolved)]
    kinds = schema.get("type", "null")
    return _OF_FORMAT.get(schema.get("format", ""), _OF_TYPE.get(kinds if isinstance(kinds, str) else kinds[0]))


def _shown(properties: dict[str, Schema]) -> dict[str, Schema]:
    """Beside values, of which some may be missing and some dates partial, one reason or precision shows enough."""
    short = {"missing", "precision", "labels"}
    return {
        name: each | {"properties": dict(list(each["properties"].items())[:1])} if name in short else each
        for name, each in properties.items()
    }
