"""From the body of a request to a record: values by the names of the dictionary, reasons beside them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError

from registry.actions.editable import given_by_the_registry, is_editable
from registry.api.faults import UNREADABLE, Fault
from registry.crf.fields import crf_fields

_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?", re.ASCII)
# By kind of item: what JSON holds, and how to say so.
_JSON: Final[dict[str, tuple[tuple[type, ...], str]]] = {
    "int": ((int,), "a whole number"),
    "decimal": ((str, int, float), "a number, or its digits as a string"),
    "text": ((str,), "a string"),
    "bool": ((bool,), "true or false"),
    "choice": ((str,), "a code as a string"),
    "multi-choice": ((list,), "a list of codes"),
    "date": ((str,), "a date such as 2019-04-03"),
    "partial-date": ((str,), "a date such as 2019, 2019-04 or 2019-04-03"),
}


@dataclass
class Body:
    """The members of a body that say what is asked for. `faults` are those that cannot be read."""

    values: Mapping[str, Any] = field(default_factory=dict)
    missing: Mapping[str, Any] = field(default_factory=dict)
    complete: bool = False
    reason: str = ""
    faults: list[Fault] = field(default_factory=list)


_MEMBERS: Final[dict[str, tuple[type, str]]] = {
    "values": (dict, "an object: items and their values"),
    "missing": (dict, "an object: items and why they are missing"),
    "complete": (bool, "true or false"),
    "reason": (str, "a string"),
}


def read_body(data: Mapping[str, Any], *, beside: tuple[str, ...] = ()) -> Body:
    """`beside` are members that the address reads itself. What is not known is refused: nothing is ignored."""
    body = Body()
    for name, value in data.items():
        if name in beside:
            continue
        if name not in _MEMBERS:
            known = ", ".join([*beside, *_MEMBERS])
            message = f"A body has no member “{name}” that can be sent. There are: {known}."
            body.faults.append(Fault(name, UNREADABLE, message, "Leave it out."))
        elif not isinstance(value, _MEMBERS[name][0]):
            body.faults.append(Fault(name, UNREADABLE, f"“{name}” is {_MEMBERS[name][1]}.", "Correct its type."))
        else:
            setattr(body, name, value)
    return body


def put_on(record: Any, body: Body, *, by: Any, replace: bool) -> None:
    """Put what was sent on the record. With `replace` what was not sent becomes empty, as far as `by` may change it.

    A reason takes the place of a value, and a value that of a reason, unless both were sent.
    """
    fields = {each.crf.name: each for each in crf_fields(type(record))}
    record.missing = dict(record.missing)
    if replace:
        _empty(record, fields.values(), by)
    for name, value in _known(body, body.values, fields, record):
        try:
            _set(record, fields[name], value)
        except ValidationError as error:
            _set(record, fields[name], None)
            body.faults.append(Fault(name, _check_id(error), error.messages[0], "Correct the value.", record.form))
    for name, reason in _known(body, body.missing, fields, record):
        _set_reason(record, fields[name], reason, keep_value=body.values.get(name) is not None)


def _set(record: Any, item: Any, value: Any) -> None:
    setattr(record, item.attname, _python(item, value))
    if value is not None:
        record.missing.pop(item.name, None)


def _set_reason(record: Any, item: Any, reason: Any, *, keep_value: bool) -> None:
    if reason is None:
        record.missing.pop(item.name, None)
        return
    record.missing[item.name] = reason if isinstance(reason, str) else str(reason)
    if not keep_value:
        setattr(record, item.attname, None)


def _empty(record: Any, items: Any, by: Any) -> None:
    for item in items:
        is_number = record.repeats and item.name == record.number_field
        if is_editable(item, record, by) and not is_number:
            setattr(record, item.attname, None)
            record.missing.pop(item.name, None)


def _known(body: Body, sent: Mapping[str, Any], fields: Mapping[str, Any], record: Any) -> Iterator[tuple[str, Any]]:
    """The items of the form among the names sent; of the others it is said that there is none."""
    given = given_by_the_registry(record)
    for name, value in sent.items():
        if name not in fields:
            message = f"The form {record.form} has no item “{name}”."
            body.faults.append(Fault(name, UNREADABLE, message, "The codebook lists the items.", record.form))
        elif fields[name].name in given:
            message = f"“{name}” is given by the registry."
            body.faults.append(Fault(name, UNREADABLE, message, "Leave it out.", record.form))
        else:
            yield name, value


def _python(item: Any, value: Any) -> Any:
    if value is None:
        return None
    types, expected = _JSON[item.crf.kind]
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise ValidationError(f"{item.crf.name} is {expected}.")
    if item.crf.kind == "multi-choice" and not all(isinstance(code, str) for code in value):
        raise ValidationError(f"{item.crf.name} is {expected}.")
    return item.to_python(_digits(item, value) if item.crf.kind == "decimal" else value)


def _digits(item: Any, value: Any) -> str:
    """A number as it is written in full: never the neighbour that a computer keeps instead."""
    text = value if isinstance(value, str) else str(value)
    if isinstance(value, float) and abs(value) < 1e20:
        text = format(Decimal(repr(value)), "f")
    if not _NUMBER.fullmatch(text.strip()):
        raise ValidationError(item.error_messages["invalid"], params={"value": text[:40]})
    return text


def _check_id(error: ValidationError) -> str:
    return "C14" if getattr(error, "code", "") == "C14" else UNREADABLE
