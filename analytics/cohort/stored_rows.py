"""The rows of a frozen form, read from their text one by one: a large registry never stands in memory as a whole."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, overload

from registry.derivations.patient import Row

_DECODER = json.JSONDecoder()


class StoredRows(Sequence[Row]):
    """The text of a snapshot's form: an array of objects without blanks. Going through it reads it again."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __iter__(self) -> Iterator[Row]:
        place = 1
        while self._text[place] != "]":
            row, place = _DECODER.raw_decode(self._text, place)
            yield row
            place += self._text[place] == ","

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: Any) -> Any:
        return list(self)[place]
