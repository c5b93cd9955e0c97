"""From texts that know whom they count to what the page stores: pieces of text, and the lists that they open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.cohort.count import Count
from analytics.cohort.population import Flow
from analytics.reports.document import ReportFigure, ReportTable, Row
from analytics.reports.text import Piece, pieces_of

Json = Any


@dataclass(frozen=True)
class PatientList:
    """The patients behind one number of the page: a bit for each patient enrolled."""

    place: str
    title: str
    n: int
    members: bytes


class Lists:
    """Collects the lists while the content of the page is written. A number of nobody opens nothing."""

    def __init__(self, flow: Flow) -> None:
        self._enrolled = len(flow.enrolled)
        self._analysed = np.asarray(flow.remaining, dtype=np.intp)
        self.found: list[PatientList] = []

    def pieces(self, text: Piece, *, place: str, title: str) -> list[Json]:
        """A text as strings and numbers; each number names its list."""
        return [
            self._linked(piece, f"{place}.{number}", title) if isinstance(piece, Count) and piece else str(piece)
            for number, piece in enumerate(pieces_of(text))
            if str(piece)
        ]

    def table(self, block: ReportTable) -> Json:
        """A table: its cells as pieces."""
        columns = self._texts(block.columns, f"{block.id}.head", [block.title] * len(block.columns))
        rows, above = [], ""
        for number, row in enumerate(block.rows):
            rows.append(self._row(row, f"{block.id}.{number}", block, above if row.level else ""))
            above = above if row.level else row.cells[0]
        fields = {"kind": "table", "id": block.id, "title": block.title, "columns": columns, "rows": rows}
        return fields | self._notes(block)

    def figure(self, block: ReportFigure) -> Json:
        """A figure with what stands beneath it."""
        fields = {name: getattr(block, name) for name in ("id", "title", "svg", "description", "reading")}
        return {"kind": "figure"} | fields | self._notes(block)

    def _row(self, row: Row, place: str, block: ReportTable, above: str) -> Json:
        """A number of a part of a row is named with that row."""
        names = ", ".join(filter(None, (above, row.cells[0])))
        titles = [f"{block.title}: {names}" + (f" ({column})" if column else "") for column in block.columns]
        return {"level": row.level, "cells": self._texts(row.cells, place, titles)}

    def _notes(self, block: ReportTable | ReportFigure) -> Json:
        titles = [f"{block.title}: {note}" for note in block.footnotes]
        return {"footnotes": self._texts(block.footnotes, f"{block.id}.note", titles)}

    def _texts(self, texts: Sequence[str], place: str, titles: Sequence[str]) -> list[Json]:
        return [
            self.pieces(text, place=f"{place}.{number}", title=title)
            for number, (text, title) in enumerate(zip(texts, titles, strict=True))
        ]

    def _linked(self, count: Count, place: str, title: str) -> Json:
        members = np.packbits(self._of_enrolled(count.rows)).tobytes()
        self.found.append(PatientList(place, title, int(count), members))
        return {"n": int(count), "place": place}

    def _of_enrolled(self, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The rows of the data set as places among everybody enrolled; the flow counts these already."""
        if rows.size == self._enrolled:
            return rows
        everybody = np.zeros(self._enrolled, dtype=bool)
        everybody[self._analysed[rows]] = True
        return everybody


def rows_of(members: bytes, n_enrolled: int) -> list[int]:
    """Who is in a list, by the place among everybody enrolled."""
    bits = np.unpackbits(np.frombuffer(members, dtype=np.uint8), count=n_enrolled)
    return [int(row) for row in np.flatnonzero(bits)]
