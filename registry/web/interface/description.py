"""The OpenAPI description as pages read it: by resource, with bodies as tables and an example of each."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from django.utils import translation
from django.utils.text import slugify
from drf_spectacular.generators import SchemaGenerator

from registry.api.description.example import example_of
from registry.api.description.hooks import EXAMPLE

Schema = dict[str, Any]
_OF_PATIENTS: Final = ("/api/v1/patients/", "/api/v1/forms/")


@dataclass(frozen=True)
class Member:
    """One line of a table: a parameter, a member of a body, or an item of a form."""

    name: str
    kind: str
    text: str
    title: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class Content:
    """A body: its members, the items of the form among them, and an example."""

    members: list[Member]
    items: list[Member]
    example: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    summary: str
    text: str
    parameters: list[Member]
    body: Content | None
    answer: Content | None
    refusals: list[str]

    @property
    def anchor(self) -> str:
        return slugify(f"{self.method} {self.path.replace('/', ' ')}")


@dataclass(frozen=True)
class Resource:
    name: str
    operations: list[Operation] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return slugify(self.name)

    @property
    def path(self) -> str:
        return self.operations[0].path

    @property
    def methods(self) -> str:
        return ", ".join(dict.fromkeys(operation.method for operation in self.operations))


@cache
def openapi() -> Schema:
    """The same until the registry is started anew: it follows from the declarations."""
    with translation.override(None):
        return SchemaGenerator().get_schema(public=True)  # type: ignore[no-any-return]


@cache
def resources() -> dict[str, Resource]:
    """By slug: patients and forms in the order of the paper, then the others."""
    found: dict[str, Resource] = {}
    for path, operations in openapi()["paths"].items():
        for method, operation in operations.items():
            resource = Resource(operation["tags"][0])
            found.setdefault(resource.slug, resource).operations.append(_operation(method, path, operation))
    found = dict(sorted(found.items(), key=lambda each: not each[1].path.startswith(_OF_PATIENTS)))
    for resource in found.values():
        resource.operations.sort(key=lambda each: each.path)
    return found


def refusal_example() -> str:
    return json.dumps(EXAMPLE, indent=2, ensure_ascii=False)


def _operation(method: str, path: str, operation: Schema) -> Operation:
    answers = operation["responses"]
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation["summary"].partition(": ")[2] or operation["summary"],
        text=_text(operation),
        parameters=[_parameter(each) for each in operation.get("parameters", []) if each["in"] != "path"],
        body=_content(operation.get("requestBody"), is_sent=True),
        answer=next((_content(answers[status]) for status in ("200", "201", "202") if status in answers), None),
        refusals=sorted(status for status in answers if status > "299"),
    )


def _text(described: Schema) -> str:
    """Without the marks of Markdown, in which OpenAPI writes."""
    return str(described.get("description", "")).replace("`", "")


def _parameter(parameter: Schema) -> Member:
    schema, text = parameter["schema"], _text(parameter).partition("\n")[0]
    codes = schema.get("items", schema).get("enum", ())
    if {"minimum", "maximum", "default"} <= schema.keys():
        text += f" {schema['minimum']} to {schema['maximum']}; {schema['default']} unless it is sent."
    told = f"{text} {', '.join(codes)}".strip()
    return Member(parameter["name"], _kind(schema), told, is_required=parameter.get("required", False))


def _content(carrier: Schema | None, *, is_sent: bool = False) -> Content | None:
    if not carrier or "application/json" not in carrier.get("content", {}):
        return None
    schema = resolved(carrier["content"]["application/json"]["schema"])
    shown = resolved(schema["items"]) if schema.get("type") == "array" else schema
    items = list(_members(shown["properties"].get("values", {}))) if is_sent else []
    written = [each["value"] for each in carrier["content"]["application/json"].get("examples", {}).values()]
    example = json.dumps(written[0] if written else example_of(schema, resolved), indent=2, ensure_ascii=False)
    return Content(list(_members(shown, is_sent=is_sent)), items, example)


def _members(schema: Schema, *, is_sent: bool = False) -> Iterator[Member]:
    for name, each in schema.get("properties", {}).items():
        text = _text(each)
        if "enum" in each and "Item" not in text:
            text = f"{text} {', '.join(code for code in each['enum'] if code)}".strip()
        is_required = is_sent and name in schema.get("required", ())
        yield Member(name, _kind(resolved(each)), text, each.get("title", ""), is_required)


def _kind(schema: Schema) -> str:
    """`date-time / null`, `array of string`."""
    types = schema.get("type", "")
    kinds = [types] if isinstance(types, str) else list(types)
    if items := schema.get("items"):
        kinds[0] = f"array of {_kind(resolved(items))}"
    return " / ".join([schema.get("format", kinds[0]), *kinds[1:]])


def resolved(schema: Schema) -> Schema:
    """The schema itself, or the component that it points to."""
    if "$ref" not in schema:
        return schema
    return openapi()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]  # type: ignore[no-any-return]
