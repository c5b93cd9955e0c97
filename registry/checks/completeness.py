"""What a record lacks before it can be completed: unanswered items and values outside the possible range (C33)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from registry.checks.finding import Finding, Severity, place
from registry.crf import conditions, units
from registry.crf.fields import crf_fields, shortest
from registry.crf.language import Message, Words

REQUIRED = "required"
HARD_RANGE = "C33"


def faults(record: Any) -> list[Finding]:
    """Everything that keeps the record, looked at alone, from being complete."""
    return [*_unanswered(record), *outside_hard_range(record)]


def is_required(field: Any, record: Any) -> bool:
    """Is the item asked for, given the other answers of the record?"""
    required = field.crf.required
    return required if isinstance(required, bool) else bool(conditions.evaluate(required, record))


def is_answered(field: Any, record: Any) -> bool:
    """An item is answered by a value or by the reason why there is none."""
    return getattr(record, field.attname) is not None or field.name in record.missing


def _unanswered(record: Any) -> Iterator[Finding]:
    for field in crf_fields(type(record)):
        if is_required(field, record) and not is_answered(field, record):
            yield _finding(REQUIRED, record, field, _not_answered(field))


def _not_answered(field: Any) -> Message:
    if field.crf.may_be_missing:
        return Message("{item} is not answered. Enter a value, or say why it is missing.", item=field.verbose_name)
    return Message("{item} is not answered. Enter a value.", item=field.verbose_name)


def outside_hard_range(record: Any) -> Iterator[Finding]:
    """Values that are not possible, after conversion to the standard unit."""
    for field in crf_fields(type(record)):
        value = getattr(record, field.attname)
        if value is None or field.crf.hard is None:
            continue
        standard = standard_value(field, record)
        if standard is not None and not field.crf.hard[0] <= standard <= field.crf.hard[1]:
            yield _finding(HARD_RANGE, record, field, _not_possible(field, record, standard))


def standard_value(field: Any, record: Any) -> Decimal | None:
    """The value in the unit in which the item's ranges are stated; None while the unit is not entered."""
    value = getattr(record, field.attname)
    if value is None:
        return None
    if not field.crf.quantity:
        return Decimal(value)
    unit = getattr(record, field.crf.unit_field)
    return None if unit is None else units.to_standard(field.crf.quantity, value, unit)


def _not_possible(field: Any, record: Any, standard: Decimal) -> Message:
    value, item = getattr(record, field.attname), field.crf
    if item.quantity and value != standard:
        names = {"unit": _unit_label(field, record), "std_unit": item.unit}
        return Message(
            "{value} {unit} = {std} {std_unit} is not possible. Check the unit.",
            **{"value": value, "std": shortest(round(standard, 3)), **names},
        )
    low, high = item.hard
    amount = Message("{value} {unit}", value=value, unit=item.unit) if item.unit else value
    return Message(
        "{value} is not possible. Values from {low} to {high} are accepted.", value=amount, low=low, high=high
    )


def _unit_label(field: Any, record: Any) -> Words:
    unit_field = record._meta.get_field(field.crf.unit_field)
    labels: Mapping[str, Words] = unit_field.crf.choices
    return labels[getattr(record, unit_field.name)]


def _finding(check_id: str, record: Any, field: Any, text: Message) -> Finding:
    return Finding(check_id, Severity.HARD, text, (place(record, field.name),))
