"""One thing that is wrong with what was sent: where, by which check, in words, and what helps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from registry.checks.completeness import REQUIRED
from registry.checks.finding import Finding
from registry.checks.locking import CHECK_ID as LOCKING
from registry.models import FORMS_BY_NAME

UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Fault:
    """`field` is the name of the item in the dictionary, or of the member of the body; empty: the record as a whole."""

    field: str
    check_id: str
    message: str
    remedy: str = ""
    form: str = ""  # of the item, where a check over several forms may name another than the one that was sent


def of_findings(findings: Iterable[Finding], *, form: str = "") -> list[Fault]:
    """What the checks say, as the pages say it. With a form, its own item is named first."""
    return [_of_finding(finding, form) for finding in findings]


def of_validation(error: ValidationError, model: Any) -> list[Fault]:
    """What no draft may hold, by item."""
    return [
        Fault(_place(model, name), _check_id(each), text, "Correct the value.", model.form)
        for name, errors in error.update_error_dict({}).items()
        for each in errors
        for text in each.messages
    ]


def _place(model: Any, name: str) -> str:
    return "" if name == NON_FIELD_ERRORS else item_name(model, name)


def item_name(model: Any, name: str) -> str:
    """The name of an item in dictionary and exports, from that of its field."""
    field = next((field for field in model._meta.fields if field.name == name), None)
    return str(field.crf.name) if hasattr(field, "crf") else name


def _of_finding(finding: Finding, form: str) -> Fault:
    places = sorted(finding.places, key=lambda place: place.form != form)
    names = [item_name(FORMS_BY_NAME[place.form], place.field) for place in places if place.field]
    if finding.check_id == REQUIRED:
        remedy = "Send a value, or where it may be missing the reason."
    elif finding.check_id == LOCKING:
        remedy = "Settle this first, then lock again."
    elif len(names) > 1:
        remedy = f"Correct one of: {', '.join(names)}."
    else:
        remedy = "Correct the value."
    return Fault(names[0] if names else "", finding.check_id, finding.message, remedy, places[0].form if places else "")


def _check_id(error: ValidationError) -> str:
    code = str(error.code or "")
    return code if code[:1] == "C" and code[1:].isdecimal() else UNREADABLE
