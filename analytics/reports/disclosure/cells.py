"""The cells of entries of ``results.json``: every number of patients, with the patients that it counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analytics.cohort.count import Count

Mask = NDArray[np.bool_]
Path = tuple[str | int, ...]

LEFT_OUT: Final = ("missing", "n_excluded")  # none of them is no cell: it is not printed
# Numbers that answer the same question: what one of them says can be worked out of the others. Every other number of
# patients is a question of its own.
QUESTIONS: Final[Mapping[str, str]] = {
    "follow-up": "what became of them",
    "completeness": "what became of them",
    "overall-survival": "what became of them",
    "cumulative-incidence": "what became of them",
    "sos": "SOS/VOD",
    "Response assessed after the first cycle": "response after the first cycle",
    "Response after the first cycle": "response after the first cycle",
    "Progression after the first cycle": "response after the first cycle",
    "Donor": "donor",
    "Mismatched related or unrelated donor": "donor",
}


@dataclass(frozen=True, eq=False)
class Cell:
    """One number of patients. ``path`` leads to it; what is left of a denominator has none: it is not printed, but
    could be derived. ``within`` is the denominator: who could have been counted."""

    rows: Mask
    question: str
    path: Path | None = None
    within: Mask | None = None


def cells(entries: Sequence[Mapping[str, Any]]) -> Iterator[Cell]:
    """Every cell of the entries, and what is left of each denominator."""
    for place, entry in enumerate(entries):
        yield from _cells(entry, (place,), QUESTIONS.get(entry["id"], ""))


def _cells(found: Any, path: Path, question: str) -> Iterator[Cell]:
    match found:
        case Count() if found or not set(LEFT_OUT) & set(path):
            yield Cell(found.rows, question, path)
        case {"unit": str(), "label": str(label)} if not question:
            yield from _cells(found, path, QUESTIONS.get(label, f"{path}"))
        case {"unit": "patients"}:
            yield from _of_number(found, path, question)
        case {"n": Count() as n, "events": Count() as events}:
            yield Cell(events.rows, question, (*path, "events"), within=n.rows)
            yield from _cells({name: value for name, value in found.items() if name != "events"}, path, question)
        case dict():
            for name, value in found.items():
                yield from _cells(value, (*path, name), question)
        case list():
            for place, value in enumerate(found):
                yield from _cells(value, (*path, place), question)


def _of_number(number: Mapping[str, Any], path: Path, question: str) -> Iterator[Cell]:
    """A count and its denominator, or the parts of one and theirs."""
    n, missing, value = number["n"], number["missing"], number["value"]
    yield Cell(n.rows, question, (*path, "n"))
    if missing:
        yield Cell(missing.rows, question, (*path, "missing"))
    parts = value if isinstance(value, list) else [value]
    for place, part in enumerate(parts):
        where = (*path, "value", place) if isinstance(value, list) else (*path, "value")
        yield Cell(part.rows, question, where, within=n.rows)
    rest = n.rows & ~np.logical_or.reduce([part.rows for part in parts])
    if rest.any():
        yield Cell(rest, question)
