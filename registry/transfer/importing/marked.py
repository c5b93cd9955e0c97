"""The workbook as it came, with its cells coloured and explained: what goes back to who corrects it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from registry.actions.importing.rows import CellState, FileRow
from registry.models import ImportBatch
from registry.transfer.cells import safe_cell
from registry.transfer.importing import limits, reading
from registry.transfer.importing.values import text_of

# Larger ones are not taken apart and put together again: their faults come as a list.
MOST_BYTES: Final = 3 * limits.MEGABYTE
AUTHOR: Final = "INO registry"
COLOURS: Final = {
    CellState.FAULT: "FFF4B6B6",
    CellState.CONFLICT: "FFFFD59E",
    CellState.CHANGED: "FFFFF2B3",
    CellState.CLEAR: "FFE3D0F0",
    CellState.NEW: "FFD7EFD9",
}
_COLOURS: Final = frozenset(COLOURS.values())
_FILLS: Final = {state: PatternFill("solid", fgColor=colour) for state, colour in COLOURS.items()}


@dataclass(frozen=True)
class Mark:
    """One cell to be coloured. A cell with several faults has them all in its note."""

    sheet: str
    cell: str
    state: CellState
    note: str


def marked_workbook(batch: ImportBatch) -> bytes:
    """The same workbook, or one made of the same rows where the file was none; a list of faults of a large one."""
    content = bytes(batch.file.content)
    stored = batch.rows.order_by("pk").values_list("content", flat=True)
    rows = (FileRow.from_json(row) for row in stored.iterator())  # hundreds of thousands do not fit into memory
    if len(content) > MOST_BYTES:
        return _saved(_list_of(rows))
    book = load_workbook(BytesIO(content)) if reading.kind_of(content) == "xlsx" else _made_of(batch, content)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    _take_away_marks(book)
    for mark in marks(rows):
        _put(sheets.get(mark.sheet, book.worksheets[0]), mark)
    return _saved(book)


def marks(rows: Iterable[FileRow]) -> Iterator[Mark]:
    for row in rows:
        notes: dict[str, list[str]] = {}
        for fault in row.faults:
            notes.setdefault(fault.column, []).append(f"{fault.check_shown}: {fault.message}".removeprefix(": "))
        for column, texts in notes.items():
            yield Mark(row.sheet, f"{column}{row.row}", CellState.FAULT, "\n".join(texts))
        for cell in row.cells:
            if cell.state in COLOURS and cell.column not in notes:
                yield Mark(row.sheet, f"{cell.column}{row.row}", cell.state, _note(cell.state, cell.before))


def _note(state: CellState, before: str) -> str:
    match state:
        case CellState.CONFLICT:
            return _("Not imported: the registry has a newer value: %(value)s.") % {"value": before}
        case CellState.CHANGED | CellState.CLEAR:
            return _("In the registry: %(value)s") % {"value": before}
    return ""


def _take_away_marks(book: Workbook) -> None:
    """A marked workbook, corrected and brought in again, does not keep the marks of last time."""
    for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        if cell.fill.fgColor.rgb in _COLOURS:
            cell.fill = PatternFill()
        if cell.comment and cell.comment.author == AUTHOR:
            cell.comment = None


def _put(sheet: Any, mark: Mark) -> None:
    """What stands in the note already, of another form in the same line or written by the centre itself, stays."""
    cell = sheet[mark.cell]
    cell.fill = _FILLS[mark.state]
    known, author = (cell.comment.text.splitlines(), cell.comment.author) if cell.comment else ([], AUTHOR)
    if lines := [line for line in mark.note.splitlines() if line not in known]:
        cell.comment = Comment("\n".join([*known, *lines]), author, width=360, height=120)


def _made_of(batch: ImportBatch, content: bytes) -> Workbook:
    """A CSV as a workbook. Files of other programs are sheets of the forms as they were read."""
    book = Workbook()
    book.remove(book.worksheets[0])
    if reading.kind_of(content) == "csv" and batch.kind == ImportBatch.Kind.TABLES:
        sheet = book.create_sheet(_("file"))
        for line in reading.lines(content, kind="csv"):
            for place, text in enumerate(line.cells, start=1):
                sheet.cell(line.row, place, None if text is None else safe_cell(text_of(text)))
        return book
    book.create_sheet(_("faults"))
    return book


def _list_of(rows: Iterable[FileRow]) -> Workbook:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("faults"))
    sheet.append([_("Sheet"), _("Cell"), _("State"), _("What is wrong")])
    for mark in marks(rows):
        if mark.state in (CellState.FAULT, CellState.CONFLICT):
            sheet.append([mark.sheet, mark.cell, mark.state.value, safe_cell(mark.note)])
    return book


def _saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
