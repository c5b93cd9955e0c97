"""Conditions over the fields of one record: written once as Django `Q`, read by PostgreSQL and by Python.

The same object becomes a database constraint, decides here whether an item is required, and prints itself in the
codebook. Logic is three-valued as in SQL: None means that an operand is not known.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import F, Q

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda left, right: left == right,
    "in": lambda left, right: left in right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
    "contains": lambda left, right: set(right) <= set(left),
    "overlap": lambda left, right: bool(set(right) & set(left)),
}
_SIGNS = {"exact": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def evaluate(condition: Q, record: Any) -> bool | None:
    """Is the condition true of this record? None where a value is empty or missing for a reason."""
    results = [
        evaluate(child, record) if isinstance(child, Q) else _leaf(child, record) for child in condition.children
    ]
    if condition.connector == Q.AND:
        result = False if False in results else (None if None in results else True)
    else:
        result = True if True in results else (None if None in results else False)
    return result if result is None or not condition.negated else not result


def fields_of(condition: Q) -> list[str]:
    """Names of the fields that the condition reads, in the order of its text."""
    return list(dict.fromkeys(name for name, _, _ in _leaves(condition)))


def fields_tested_for_presence(condition: Q) -> list[str]:
    """Fields of which the condition asks whether there is a value at all."""
    return list(dict.fromkeys(name for name, lookup, _ in _leaves(condition) if lookup == "isnull"))


def describe(condition: Q, form: str) -> str:
    """The condition in the words of the codebook, for example `ino_cycle.d8_given = 1`."""
    joiner = " and " if condition.connector == Q.AND else " or "
    parts = [
        describe(child, form) if isinstance(child, Q) else _describe_leaf(child, form) for child in condition.children
    ]
    text = joiner.join(parts)
    if not condition.negated:
        return text
    return text.replace(" in (", " not in (") if " in (" in text and len(parts) == 1 else f"not ({text})"


def split(leaf: Any) -> tuple[str, str, Any]:
    name, _, lookup = leaf[0].partition("__")
    lookup = lookup or "exact"
    if lookup == "exact" and leaf[1] is None:
        return name, "isnull", True
    return name, lookup, leaf[1]


def _leaves(condition: Q) -> Iterator[tuple[str, str, Any]]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _leaves(child)
        else:
            name, lookup, right = split(child)
            yield name, lookup, right
            if isinstance(right, F):
                yield name_of(right), "exact", None


def _leaf(leaf: Any, record: Any) -> bool | None:
    name, lookup, right = split(leaf)
    left = getattr(record, name)
    if lookup == "isnull":
        return None if name in record.missing else (left is None) == right
    if isinstance(right, F):
        right = getattr(record, name_of(right))
    if left is None or right is None:
        return None
    return _COMPARE[lookup](left, right)


def _describe_leaf(leaf: Any, form: str) -> str:
    name, lookup, right = split(leaf)
    where = f"{form}.{name}"
    match lookup:
        case "isnull":
            return f"{where} is empty" if right else f"{where} is present"
        case "in":
            return f"{where} in ({','.join(map(_code, right))})"
        case "contains":
            return f"{where} contains {','.join(map(_code, right))}"
        case _:
            return f"{where} {_SIGNS[lookup]} {_code(right)}"


def _code(value: Any) -> str:
    if isinstance(value, F):
        return name_of(value)
    return str(int(value)) if isinstance(value, bool) else str(value)


def name_of(reference: Any) -> str:
    """The field that an `F` names; the attribute is missing from the published types of Django."""
    return str(reference.name)
