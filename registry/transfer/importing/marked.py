"""The workbook as it came, with its cells coloured and explained: what goes back to who corrects it."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _
from openpyxl import Workbook

from registry.actions.importing.rows import CellState, FileRow
from registry.models import ImportBatch
from registry.transfer.cells import escaped, safe_cell
from registry.transfer.importing import limits, reading

# Larger ones are not taken apart and put together again: their faults come as a list.
MOST_BYTES: Final = 3 * limits.MEGABYTE
LONGEST_NOTE: Final = 2_000  # a spreadsheet takes no note of any length
COLOURS: Final = {
    CellState.FAULT: "FFF4B6B6",
    CellState.CONFLICT: "FFFFD59E",
    CellState.CHANGED: "FFFFF2B3",
    CellState.CLEAR: "FFE3D0F0",
    CellState.NEW: "FFD7EFD9",
}


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
    if len(content) <= MOST_BYTES and batch.kind == ImportBatch.Kind.TABLES and (book := _coloured(batch, content)):
        return book
    return _list_of(_rows(batch))


def _rows(batch: ImportBatch) -> Iterator[FileRow]:
    stored = batch.rows.order_by("pk").values_list("content", flat=True)
    return (FileRow.from_json(row) for row in stored.iterator())  # hundreds of thousands do not fit into memory


def _coloured(batch: ImportBatch, content: bytes) -> bytes:
    """Empty where the workbook takes more memory or time than there is, or a spreadsheet of its own would not open."""
    about = {"kind": reading.kind_of(content), "size": len(content), "title": _("file"), "colours": [*COLOURS.values()]}
    with tempfile.TemporaryFile() as file:
        file.write(json.dumps(about).encode() + b"\n" + content)
        for mark in marks(_rows(batch)):
            file.write(
                json.dumps([mark.sheet, mark.cell, COLOURS[mark.state], mark.note[:LONGEST_NOTE]]).encode() + b"\n"
            )
        file.seek(0)
        with reading.process("marking", reads=file) as child:
            marked = child.stdout.read(limits.FILE_BYTES + 1) if child.stdout else b""
            if len(marked) > limits.FILE_BYTES:
                child.kill()
    return marked if child.returncode == 0 else b""


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


def _list_of(rows: Iterable[FileRow]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("faults"))
    sheet.append([_("Sheet"), _("Cell"), _("State"), _("What is wrong")])
    for mark in marks(rows):
        if mark.state in (CellState.FAULT, CellState.CONFLICT):
            texts = (mark.sheet, mark.cell, mark.state.value, mark.note[:LONGEST_NOTE])
            sheet.append([escaped(safe_cell(text)) for text in texts])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
