"""A CSV file as lines. The sign between its columns is the one that the first line uses most."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from registry.transfer.importing import limits
from registry.transfer.importing.lines import Line, Refused

SEPARATORS = ",;\t"


def read(file: BinaryIO, *, sheet: str = "") -> Iterator[Line]:
    text = _text(file.read())
    first = text.split("\n", 1)[0]
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
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("The file is not written in UTF-8. Save it in Excel as “CSV UTF-8” or as a workbook.") from error
    if "\x00" in text:
        raise Refused("This is not a text file. Save it as CSV or as a workbook (.xlsx).")
    return text


def _cell(text: str) -> str | None:
    return text if text.strip() else None
