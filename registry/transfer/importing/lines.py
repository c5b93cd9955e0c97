"""What a reader finds in a file: sheets, their headings and lines. Spoken by the child process, one JSON text a line.

A cell is None, a text, or a pair: ["n", number], ["d", date], ["b", yes or no], ["e", error], ["f", ""] for a formula
without a value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class Refused(Exception):
    """The file cannot be read at all. The sentence is in English; `values` fill its braces."""

    def __init__(self, sentence: str, **values: Any) -> None:
        self.sentence, self.values = sentence, values
        super().__init__(sentence.format(**values))


@dataclass(frozen=True)
class Line:
    """One row of a sheet, as a spreadsheet numbers it. The first one of a sheet holds the headings."""

    sheet: str
    row: int
    cells: Sequence[Any]


def letter(place: int) -> str:
    """The name of a column, from 0: A, B, … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
