"""Values and conditions of the case report form in words, as pages and paper show them."""

from decimal import Decimal
from typing import Any

from django.db.models import F, Q
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.crf import conditions
from registry.crf.fields import shortest
from registry.crf.missing import REASONS

_VERBS = {
    "exact": gettext_lazy("is"),
    "in": gettext_lazy("is"),
    "contains": gettext_lazy("includes"),
    "overlap": gettext_lazy("includes"),
}
_SIGNS = {"gt": ">", "gte": "≥", "lt": "<", "lte": "≤"}


def value_in_words(field: Any, value: Any) -> str:
    """A value with the label of its code; an empty text where there is none."""
    if value is None:
        return ""
    match field.crf.kind:
        case "multi-choice":
            return ", ".join(_label(field, code) for code in value)
        case "decimal":
            return str(localize(shortest(Decimal(str(value)))))
        case _:
            return _label(field, value)


def _label(field: Any, code: Any) -> str:
    if isinstance(code, bool):
        return _("yes") if code else _("no")
    return str(field.crf.choices.get(str(code), code))


def reason_in_words(reason: str | None) -> str:
    return _("missing: %(reason)s") % {"reason": REASONS.get(reason, reason)} if reason else ""


def answer_in_words(field: Any, record: Any) -> str:
    """The value with its unit, or the reason why there is none."""
    value = getattr(record, field.name)
    if value is None:
        return reason_in_words(record.missing.get(field.name))
    return f"{value_in_words(field, value)} {unit_in_words(field, record)}".strip()


def unit_in_words(field: Any, record: Any) -> str:
    if not field.crf.unit_field:
        return str(field.crf.unit)
    unit_field = record._meta.get_field(field.crf.unit_field)
    return value_in_words(unit_field, getattr(record, unit_field.name))


def range_in_words(limits: tuple[Decimal, Decimal] | None) -> str:
    return (
        "" if limits is None else _("%(low)s to %(high)s") % {"low": localize(limits[0]), "high": localize(limits[1])}
    )


def limits_in_words(item: Any) -> str:
    """`usual 0.45 to 0.9, possible 0.1 to 2.0`, in the item's unit; empty where nothing limits the value."""
    parts = []
    if item.soft and item.soft != item.hard:
        parts.append(_("usual %(range)s") % {"range": range_in_words(item.soft)})
    if item.hard:
        parts.append(_("possible %(range)s") % {"range": range_in_words(item.hard)})
    return ", ".join(parts)


def required_in_words(model: Any, field: Any) -> str:
    """`required`, `optional`, or the condition."""
    required = field.crf.required
    if not isinstance(required, Q):
        return _("required") if required else _("optional")
    if required.negated:
        return _("required unless %(condition)s") % {"condition": condition_in_words(model, ~required)}
    return _("required when %(condition)s") % {"condition": condition_in_words(model, required)}


def condition_in_words(model: Any, condition: Q) -> str:
    parts = [
        condition_in_words(model, child) if isinstance(child, Q) else _leaf_in_words(model, child)
        for child in condition.children
    ]
    text = (_(" and ") if condition.connector == Q.AND else _(" or ")).join(parts)
    return _("not (%(condition)s)") % {"condition": text} if condition.negated else text


def _leaf_in_words(model: Any, leaf: Any) -> str:
    name, lookup, right = conditions.split(leaf)
    field = model._meta.get_field(name)
    left = f"“{field.verbose_name}”"
    if lookup == "isnull":
        return (_("%(item)s is empty") if right else _("%(item)s is entered")) % {"item": left}
    if isinstance(right, F):
        other = model._meta.get_field(conditions.name_of(right))
        return f"{left} {_SIGNS.get(lookup) or _VERBS[lookup]} “{other.verbose_name}”"
    if lookup in _SIGNS:
        return f"{left} {_SIGNS[lookup]} {localize(right)}"
    values = right if isinstance(right, list | tuple) else [right]
    return f"{left} {_VERBS[lookup]} " + _(" or ").join(_label(field, value) for value in values)


def condition_as_json(condition: Q) -> dict[str, Any]:
    """The condition for the script of the form page."""
    return {
        "any": condition.connector == Q.OR,
        "not": condition.negated,
        "of": [
            condition_as_json(child) if isinstance(child, Q) else _leaf_as_json(child) for child in condition.children
        ],
    }


def _leaf_as_json(leaf: Any) -> list[Any]:
    name, lookup, right = conditions.split(leaf)
    if isinstance(right, F):
        return [name, lookup, {"field": conditions.name_of(right)}]
    values = right if isinstance(right, list | tuple) else [right]
    return [name, lookup, [_code(value) for value in values]]


def _code(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
