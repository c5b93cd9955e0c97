"""The process that colours a workbook: a small file may need any amount of memory once it is opened whole.

It reads a line of JSON, the file, and a line of JSON for each mark: sheet, cell, colour, note. It writes the workbook.
"""

import json
import sys
from collections.abc import Iterable
from io import BytesIO
from typing import Any, BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from registry.transfer.cells import escaped
from registry.transfer.importing import child, csv_in, limits

AUTHOR = "INO registry"


def main(file: BinaryIO) -> None:
    child.confine(seconds=limits.MARKING_SECONDS, file_bytes=limits.UNPACKED_BYTES)
    about = json.loads(file.readline())
    content = BytesIO(file.read(about["size"]))
    book = load_workbook(content, keep_links=False) if about["kind"] == "xlsx" else _made_of(content, about["title"])
    _take_away_marks(book, about["colours"])
    _mark(book, (json.loads(line) for line in file))
    marked = BytesIO()
    book.save(marked)
    sys.stdout.buffer.write(marked.getvalue())


def _made_of(content: BinaryIO, title: str) -> Workbook:
    """A CSV as a workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for line in csv_in.read(content):
        for place, text in enumerate(line.cells, start=1):
            if text is not None:
                cell = sheet.cell(line.row, place, escaped(text.strip()))
                cell.data_type = "s"  # a text, also where it begins with =
    return book


def _take_away_marks(book: Workbook, colours: list[str]) -> None:
    """A marked workbook, corrected and brought in again, does not keep the marks of last time."""
    cells: Any = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    for cell in cells:
        if cell.fill.fgColor.rgb in colours:
            cell.fill = PatternFill()
        if cell.comment and cell.comment.author == AUTHOR:
            cell.comment = None


def _mark(book: Workbook, marks: Iterable[list[str]]) -> None:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    fills: dict[str, Any] = {}
    for sheet, address, colour, note in marks:
        cell: Any = sheets.get(sheet, book.worksheets[0])[address]
        cell.fill = fills.setdefault(colour, PatternFill("solid", fgColor=colour))
        _add_note(cell, escaped(note))


def _add_note(cell: Any, note: str) -> None:
    """What stands in the note already, of another form in the same line or written by the centre itself, stays."""
    known, author = (cell.comment.text.splitlines(), cell.comment.author) if cell.comment else ([], AUTHOR)
    if lines := [line for line in note.splitlines() if line not in known]:
        cell.comment = Comment("\n".join([*known, *lines]), author, width=360, height=120)


if __name__ == "__main__":
    main(sys.stdin.buffer)
