"""A CSV file as lines. The sign between its columns is the one that is used most in the first line that has one."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from registry.transfer.cells import plain_cell
from registry.transfer.importing import limits
from registry.transfer.importing.lines import Line, Refused

SEPARATORS = ",;\t"
WINDOWS = "cp1252"


def read(file: BinaryIO, *, sheet: str = "") -> Iterator[Line]:
    text = _text(file.read())
    first = next((line for line in text.splitlines() if any(sign in line for sign in SEPARATORS)), "")
    separator = max(SEPARATORS, key=first.count)
    csv.field_size_limit(limits.CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if len(cells) > limits.COLUMNS:
                raise Refused("Row {row} has more than {most} columns.", row=row, most=limits.COLUMNS)
            yield Line(sheet, row, [_cell(cell) for cell in cells])
    except csv.Error as error:
        if "field larger" in str(error):
            values = {"row": row + 1, "most": limits.CELL_CHARACTERS}
            raise Refused("Row {row}: a text is longer than {most} characters.", **values) from error
        raise Refused("Row {row} cannot be read as CSV: {why}.", row=row + 1, why=str(error)) from error


def _text(content: bytes) -> str:
    encoding = encoding_of(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(
            "The file is not a text file in UTF-8. Save it in Excel as “CSV UTF-8” or as a workbook."
        ) from error
    if "\x00" in text:
        raise Refused("This is not a text file. Save it as CSV or as a workbook (.xlsx).")
    return text


def encoding_of(content: bytes) -> str:
    """UTF-8 wherever it can be; else what Excel of western Europe writes as “CSV”."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode()
    except UnicodeDecodeError:
        return WINDOWS
    return "utf-8-sig"


def _cell(text: str) -> str | None:
    """As it was before an export made it safe. A workbook needs no such marks: its cells say that they are text."""
    return plain_cell(text) if text.strip() else None
