"""A file as rows of forms, whatever its kind: what stands between the bytes and the preview."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from registry.actions.importing.rows import FileRow
from registry.models import ImportBatch
from registry.transfer.importing import reading, redcap
from registry.transfer.importing.assemble import Reader
from registry.transfer.importing.layout import Sheet, remembered, sheet_of
from registry.transfer.importing.lines import Line, Refused
from registry.transfer.importing.values import Notation, text_of

EXAMPLES = 3  # of a column, for who says what it is


@dataclass
class Found:
    """What the sheets of a file are, known once all lines were read; with examples of columns not known yet."""

    sheets: dict[str, Sheet | None] = field(default_factory=dict)
    examples: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    @property
    def unknown(self) -> list[dict[str, Any]]:
        """Columns that nobody has matched: sheet, column, heading, examples."""
        return [
            {
                "sheet": sheet.name,
                "column": column.letter,
                "heading": column.heading,
                "examples": self.examples.get((sheet.name, column.place), []),
            }
            for sheet in self.sheets.values()
            if sheet is not None
            for column in sheet.unknown
        ]


def rows_of(batch: ImportBatch, content: bytes, dictionary: bytes | None, found: Found) -> Iterator[FileRow]:
    """Every row of the file; `found` fills while they are read. Raises Refused."""
    notation = Notation(batch.date_order, batch.decimal_sign)
    known = remembered(batch.centre_id)
    readers: dict[str, Reader] = {}
    for line in _lines(batch, content, dictionary):
        if line.sheet not in found.sheets:
            sheet = sheet_of(line, file_name=batch.file_name, known=known)
            found.sheets[line.sheet] = sheet
            if sheet is not None:
                readers[line.sheet] = Reader(sheet, batch.centre_id, notation)
        elif reader := readers.get(line.sheet):
            _keep_examples(found, reader.sheet, line)
            yield from reader.rows(line)
    if not any(sheet and sheet.used for sheet in found.sheets.values()) and not found.unknown:
        raise Refused("The file holds no table: its first row must name the columns.")


def _lines(batch: ImportBatch, content: bytes, dictionary: bytes | None) -> Iterator[Line]:
    kind = reading.kind_of(content)
    if batch.kind == ImportBatch.Kind.ODM and kind != "odm":
        raise Refused("This is not an XML file, as CDISC ODM is.")
    if batch.kind != ImportBatch.Kind.ODM and kind == "odm":
        raise Refused("This is an XML file. Choose CDISC ODM as the kind of file.")
    if batch.kind == ImportBatch.Kind.REDCAP:
        if kind != "csv" or dictionary is None or reading.kind_of(dictionary) != "csv":
            raise Refused("REDCap needs two CSV files: the data and the data dictionary.")
        return redcap.tables(reading.lines(content, kind="csv"), reading.lines(dictionary, kind="csv"))
    return reading.lines(content, kind=kind)


def _keep_examples(found: Found, sheet: Sheet, line: Line) -> None:
    for column in sheet.unknown:
        examples = found.examples.setdefault((sheet.name, column.place), [])
        text = text_of(line.cells[column.place]) if column.place < len(line.cells) else ""
        if text and len(examples) < EXAMPLES and text not in examples:
            examples.append(text[:60])
