"""What the registry computes for a published figure: read from the entries of ``results.json``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.plan.registry import plan
from analytics.reports import display
from analytics.reports.numbers import numbers

Entries = Mapping[str, Mapping[str, Any]]
Number = Mapping[str, Any]


class NotComputed(LookupError):
    """Why the data set does not give the figure."""


@dataclass(frozen=True)
class Recomputed:
    """``n`` is the denominator, ``missing`` lack an answer and are not in it; ``text`` is as the report prints it."""

    values: tuple[float, ...]
    lower: float | None
    upper: float | None
    p: float | None
    n: int
    missing: int
    text: str


def of_figure(figure: str, entries: Entries) -> Recomputed:
    """The numbers that carry the id of the figure, or its parts P15a, P15b, in their order."""
    found = [
        number
        for entry in entries.values()
        if not entry["error"]
        for number in numbers(entry)
        if number["figure"].rstrip("abcd") == figure
    ]
    if not found:
        raise NotComputed(_why_not(figure, entries))
    return of_numbers(sorted(found, key=lambda number: str(number["figure"])))


def of_row(entry: str, label: str, entries: Entries) -> Recomputed:
    """The row of an entry with this label."""
    return of_numbers([row(entry, label, entries)])


def row(entry: str, label: str, entries: Entries) -> Number:
    """One number of an entry."""
    found = next((number for number in rows(entry, entries) if number["label"] == label), None)
    if found is None:
        raise NotComputed(f"the results have no row {label}")
    return found


def rows(entry: str, entries: Entries) -> Sequence[Number]:
    """All numbers of an entry; a report made by an older version may lack it."""
    if entry not in entries:
        raise NotComputed(f"the results have no entry {entry}")
    if entries[entry]["error"]:
        raise NotComputed(entries[entry]["error"])
    return numbers(entries[entry])


def of_numbers(found: Sequence[Number]) -> Recomputed:
    """Several numbers as the parts of one figure."""
    reason = next((number["error"] for number in found if number["error"]), "")
    if reason:
        raise NotComputed(reason)
    first = found[0]
    return Recomputed(
        values=tuple(value for number in found for value in _as_list(number["value"])),
        lower=first["lower"],
        upper=first["upper"],
        p=first["p"],
        n=first["n"],
        missing=first["missing"],
        text="; ".join(_in_words(number, named=len(found) > 1) for number in found),
    )


def _as_list(value: Any) -> Iterable[float]:
    return value if isinstance(value, list) else [value]


def _in_words(number: Number, *, named: bool) -> str:
    limits, p = display.interval_of(number), number["p"]
    name = f"{number['label']}: " if named else ""
    return (
        name
        + display.value_of(number)
        + (f" ({limits})" if limits else "")
        + (f", P = {display.p_value(p)}" if p is not None else "")
    )


def _why_not(figure: str, entries: Entries) -> str:
    """The reason of the entry that would give the figure."""
    would_give = (
        declared.id
        for declared, _ in plan()
        if any(each.rstrip("abcd") == figure for each in (*declared.figures, *declared.more_figures))
    )
    entry = entries.get(next(would_give, ""))
    return str(entry["error"]) if entry else f"no entry of the plan gives {figure}"
