"""Which items of a record were saved after a workbook was made: the trail knows."""

from typing import Any

from registry.crf.fields import crf_fields
from registry.models import AuditEntry

_REASON = "why "


def items_changed_since(record: Any, version: int) -> frozenset[str]:
    """By name: what is not as it was then. A reason that came or went counts as its item."""
    entries = AuditEntry.objects.of_form(type(record)).filter(row=str(record.pk), operation="U").order_by("pk")
    then: dict[str, Any] = {}
    now: dict[str, Any] = {}
    changes: Any = entries.values_list("old", "new")  # both are there where a row was changed
    for old, new in changes:
        if int(new.get("version", 0)) > version:
            then = _flat(old) | then
            now |= _flat(new)
    changed = {name for name in now.keys() | then.keys() if then.get(name) != now.get(name)}
    names = {field.name: {field.column, _REASON + field.name} for field in crf_fields(type(record))}
    return frozenset(name for name, keys in names.items() if keys & changed)


def _flat(columns: dict[str, Any]) -> dict[str, Any]:
    """The reasons beside the values, each under a name of its own."""
    reasons = {_REASON + name: reason for name, reason in (columns.get("missing") or {}).items()}
    return {name: value for name, value in columns.items() if name != "missing"} | reasons
