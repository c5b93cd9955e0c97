"""A workbook as lines. Sizes are looked at before anything is unpacked; errors and formulas stay what they are."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from registry.transfer.importing import limits
from registry.transfer.importing.lines import Line, Refused, letter


def _not_a_workbook() -> Refused:
    return Refused("This is not an Excel workbook (.xlsx). Save it in Excel as “Excel Workbook (.xlsx)”.")


def look_into(file: BinaryIO) -> None:
    """Refuse by the directory of the archive. A part is never unpacked beyond the size that it states there."""
    try:
        parts = zipfile.ZipFile(file).infolist()
    except (
        zipfile.BadZipFile,
        NotImplementedError,  # what zipfile raises for a compression or encryption that it does not know
        ValueError,
        OSError,
    ) as error:
        raise _not_a_workbook() from error
    names = [part.filename for part in parts]
    if len(parts) > limits.PARTS:
        raise Refused("The workbook has {n} parts; {most} are accepted.", n=len(parts), most=limits.PARTS)
    if any(name.startswith(("/", "\\")) or ".." in name or ":" in name for name in names):
        raise Refused("The workbook holds a part whose name leads out of it. Save it again in Excel.")
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        raise Refused("The workbook contains macros. Save it as “Excel Workbook (.xlsx)”, without macros.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.UNPACKED_BYTES:
        values = {"size": unpacked // limits.MEGABYTE, "most": limits.UNPACKED_BYTES // limits.MEGABYTE}
        raise Refused("The workbook would unpack to {size} MB; {most} MB are accepted. Split it.", **values)
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise _not_a_workbook()


def read(file: BinaryIO) -> Iterator[Line]:
    look_into(file)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts do
        raise Refused("The workbook is damaged: {why}. Save it again in Excel.", why=_short(error)) from error
    titles: set[str] = set()
    for sheet in book.worksheets:
        if sheet.title in titles:
            raise Refused("Two sheets are called {sheet}. Name one of them otherwise.", sheet=sheet.title)
        titles.add(sheet.title)
        try:
            yield from _lines(book, sheet)
        except (Refused, MemoryError):
            raise
        except Exception as error:
            values = {"sheet": sheet.title, "why": _short(error)}
            raise Refused("The sheet {sheet} is damaged: {why}. Save it again in Excel.", **values) from error


def _lines(book: Any, sheet: Any) -> Iterator[Line]:
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for row, cells in parser.parse():
            yield Line(sheet.title, row, _cells(sheet.title, row, cells))


class _Parser(WorkSheetParser):
    """Keeps a formula that was never calculated apart from an empty cell."""

    def parse_cell(self, element: Any) -> Any:
        cell = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["data_type"] = "f"
        return cell


def _cells(sheet: str, row: int, found: list[Any]) -> list[Any]:
    cells: list[Any] = []
    for cell in found:
        place = cell["column"] - 1
        if place >= limits.COLUMNS:
            if cell["value"] is None:
                continue
            values = {"sheet": sheet, "most": limits.COLUMNS}
            raise Refused("The sheet {sheet} has more than {most} columns.", **values)
        cells.extend([None] * (place + 1 - len(cells)))
        cells[place] = _cell(cell)
        if isinstance(cells[place], str) and len(cells[place]) > limits.CELL_CHARACTERS:
            values = {"sheet": sheet, "cell": f"{letter(place)}{row}", "most": limits.CELL_CHARACTERS}
            raise Refused("Sheet {sheet}, cell {cell}: the text is longer than {most} characters.", **values)
    return cells


def _cell(cell: Any) -> Any:
    value = cell["value"]
    match cell["data_type"]:
        case "e":
            return ["e", str(value)]
        case "f":
            return ["f", ""]
    match value:
        case None | str():
            return value and unescape(value)
        case bool():
            return ["b", value]
        case dt.datetime():
            is_day = value.time() == dt.time()
            return ["d", value.date().isoformat() if is_day else value.isoformat(" ")]
        case dt.date():
            return ["d", value.isoformat()]
        case int() | float():
            return ["n", format(value, ".15g")]
        case _:
            return str(value)


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:120]
