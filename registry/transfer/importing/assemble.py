"""From the lines of a file to the rows of forms: a line may hold one form, or several side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from registry.actions.importing.rows import FileRow, Says
from registry.transfer.importing import targets
from registry.transfer.importing.answers import read_answers
from registry.transfer.importing.keys import read_keys
from registry.transfer.importing.layout import Column, Sheet
from registry.transfer.importing.lines import Line
from registry.transfer.importing.notation import Notation
from registry.transfer.importing.values import text_of

Cells = Mapping[Column, Any]


@dataclass(frozen=True)
class Reader:
    """Reads the lines of one sheet for one centre."""

    sheet: Sheet
    centre: int
    notation: Notation

    def rows(self, line: Line) -> Iterator[FileRow]:
        """The forms of one line. A form of which nothing is filled in beside its keys is not there."""
        cells = {column: line.cells[column.place] for column in self.sheet.used if column.place < len(line.cells)}
        if self._is_labels(cells):
            return
        for (form, number), columns in self._parts.items():
            filled = [column for column in columns if cells.get(column) is not None]
            if self.sheet.form == form or any(column.target.field is not None for column in filled):
                row = self._row(line, cells, form, number)
                if self.sheet.form == form or row.faults or any(cell.says is not Says.KEEP for cell in row.cells):
                    yield row

    @cached_property
    def _parts(self) -> dict[tuple[str, str], list[Column]]:
        """The columns of each form, and of each number where repeats stand side by side."""
        found: dict[tuple[str, str], list[Column]] = {}
        for column in self.sheet.used:
            if column.target.form:
                found.setdefault((column.target.form, column.target.number), []).append(column)
        return found

    def _is_labels(self, cells: Cells) -> bool:
        """The second line of our workbook holds the labels."""
        patient = self.sheet.patient
        return patient is not None and text_of(cells.get(patient)).casefold() in targets.labels_of_patient_number()

    def _row(self, line: Line, cells: Cells, form: str, number: str) -> FileRow:
        columns = self._parts[form, number]
        key = self.sheet.patient
        row = FileRow(
            line.sheet,
            line.row,
            form,
            text_of(cells.get(key))[:40] if key else "",
            key_column=(key or columns[0]).letter,
        )
        read_keys(row, columns, cells, number=number, centre=self.centre)
        read_answers(row, columns, cells, self.notation)
        return row
