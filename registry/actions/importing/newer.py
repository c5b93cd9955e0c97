"""Which items of a record were saved after a workbook was made: the trail knows."""

from typing import Any

from registry.actions.record_facts import reasons_changed, with_values_and_units
from registry.crf.fields import crf_fields
from registry.models import AuditEntry


def items_changed_since(record: Any, version: int) -> frozenset[str]:
    """By name: what is not as it was then. A reason that came or went counts as its item, a unit with its value."""
    entries = AuditEntry.objects.of_form(type(record)).filter(row=str(record.pk), operation="U").order_by("pk")
    then: dict[str, Any] = {}
    now: dict[str, Any] = {}
    changes: Any = entries.values_list("old", "new")  # both are there where a row was changed
    for old, new in changes:
        if int(new.get("version", 0)) > version:
            then = old | then
            now |= new
    reasons = reasons_changed(then.get("missing") or {}, now.get("missing") or {})
    columns = {name for name in now.keys() | then.keys() if then.get(name) != now.get(name)}
    model = type(record)
    changed = {field.name for field in crf_fields(model) if field.column in columns or field.name in reasons}
    return frozenset(with_values_and_units(model, changed))
