"""Members of a body, and of the headers, that say more than values."""

from collections.abc import Sequence
from typing import Any, Final

from rest_framework.request import Request

from registry.api.faults import UNREADABLE, Fault
from registry.api.problems import Problem
from registry.crf.fields import crf_fields

_KINDS: Final = {str: "a string", list: "a list", int: "a whole number", bool: "true or false"}


def read(request: Request, **types: type) -> dict[str, Any]:
    """The members of these names and types; a body holds no other. What is not sent is empty."""
    faults = [
        Fault(name, UNREADABLE, f"A body has no member “{name}” here. There are: {', '.join(types)}.", "Leave it out.")
        for name in request.data
        if name not in types
    ]
    for name, kind in types.items():
        if type(request.data.get(name, kind())) is not kind:
            message = f"“{name}” is {_KINDS[kind]}."
            faults.append(Fault(name, UNREADABLE, message, "Correct its type."))
    if faults:
        raise Problem(422, "Nothing was done.", faults)
    return {name: request.data.get(name, kind()) for name, kind in types.items()}


def one_of(name: str, value: Any, values: Sequence[Any]) -> list[Fault]:
    """What is wrong where the value is not among these."""
    if value in values:
        return []
    message = f"“{name}” is one of: {', '.join(map(str, values)) or 'none'}."
    return [Fault(name, UNREADABLE, message, "Choose one of them.")]


def refuse_any(*faults: Sequence[Fault]) -> None:
    """All of them at once."""
    if found := [fault for some in faults for fault in some]:
        raise Problem(422, "Nothing was done.", found)


def reason_of(request: Request, in_body: str = "") -> str:
    """Why something is changed: in the body, or in the header Change-Reason where a request has no body."""
    header = request.headers.get("Change-Reason", "")
    return in_body or header.encode("latin-1").decode("utf-8", "replace")


def items_of(request: Request, model: Any) -> list[str]:
    """The fields of the items that `items` names."""
    fields = {field.crf.name: field.name for field in crf_fields(model)}
    names = read(request, items=list)["items"]
    unknown = [str(name) for name in names if not isinstance(name, str) or name not in fields]
    if unknown:
        faults = [Fault("items", UNREADABLE, f"The form has no item “{name}”.") for name in unknown]
        raise Problem(422, "Nothing was done.", faults)
    return [fields[name] for name in names]
