"""How large a file may be. What is larger is refused with a sentence before it is read, or while it is."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from registry.transfer.importing.lines import Line, Refused, letter

MEGABYTE: Final = 1024 * 1024
FILE_BYTES: Final = 25 * MEGABYTE
UNPACKED_BYTES: Final = 400 * MEGABYTE
PARTS: Final = 1_000  # of a workbook
ROWS: Final = 500_000
ROWS_OF_A_PATIENT: Final = 1_000  # which are compared side by side
LAST_ROW: Final = 1_048_576  # as in a spreadsheet
COLUMNS: Final = 1_000
CELL_CHARACTERS: Final = 32_767  # as in a spreadsheet
CHARACTERS: Final = 400_000_000  # of all cells: a text that a workbook holds once may stand in all of them
SHEET_NAME: Final = 100
PROCESSOR_SECONDS: Final = 300  # of the process that reads
MARKING_SECONDS: Final = 120  # of the process that colours a workbook
MEMORY_BYTES: Final = 512 * MEGABYTE
_NO_TEXT: Final = re.compile("[\x00\ud800-\udfff]")  # what PostgreSQL does not keep as text


def within(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that hold something, as long as they are not too many and not too long together."""
    count = characters = 0
    for line in lines:
        if all(cell is None for cell in line.cells):
            continue
        text = "".join(map(_text, line.cells))
        count += 1
        characters += len(text)
        if count > ROWS:
            raise Refused("The file has more than {most} rows. Split it.", most=ROWS)
        if characters > CHARACTERS:
            most = CHARACTERS // 1_000_000
            raise Refused("The cells hold more than {most} million characters together. Split the file.", most=most)
        if _NO_TEXT.search(text):
            place = next(place for place, cell in enumerate(line.cells) if _NO_TEXT.search(_text(cell)))
            values = {"sheet": line.sheet, "cell": f"{letter(place)}{line.row}"}
            raise Refused("Sheet {sheet}, cell {cell}: the text holds a character that is none.", **values)
        _refuse_odd_place(line)
        yield line


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else cell[1] if cell and isinstance(cell[1], str) else ""


def _refuse_odd_place(line: Line) -> None:
    if len(line.sheet) > SHEET_NAME:
        raise Refused("The name of the sheet {sheet}… is too long.", sheet=line.sheet[:SHEET_NAME])
    if len(line.cells) > COLUMNS:
        raise Refused("The sheet {sheet} has more than {most} columns.", sheet=line.sheet, most=COLUMNS)
    if not 1 <= line.row <= LAST_ROW:
        raise Refused("The sheet {sheet} has a row of the number {row}.", sheet=line.sheet, row=line.row)
