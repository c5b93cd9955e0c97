"""One workbook: a sheet a form, and a sheet that says what the columns and codes mean.

Every cell has its type: a text is never a formula, a date is a date.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from registry.transfer.cells import text_of
from registry.transfer.exports import labels
from registry.transfer.exports.tables import Content

LABELS: Final = "labels"
_WIDTH: Final = 18
# Rows are written as they come and not kept.
OPTIONS: Final = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_WHOLE_SHEET: Final = "A1:XFD1048576"


def write(content: Content, folder: Path) -> None:
    with Workbook(folder / "registry.xlsx", OPTIONS) as workbook:
        for table in content.tables:
            content.progress(table.title)
            write_sheet(workbook, table.form, [column.name for column in table.columns], table.rows())
        write_sheet(workbook, LABELS, labels.COLUMNS, labels.rows(content.tables))


def write_sheet(workbook: Workbook, name: str, head: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    bold, date = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": _WHOLE_SHEET})
    names = list(head)
    sheet.set_column(0, len(names) - 1, _WIDTH)
    for place, column in enumerate(names):
        sheet.write_string(0, place, column, bold)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write_cell(sheet, (number, place), value, date)


def _write_cell(sheet: Worksheet, at: tuple[int, int], value: Any, date_format: Any) -> None:
    match value:
        case None:
            pass
        case bool() | int() | Decimal():
            sheet.write_number(*at, float(value))
        case dt.date():
            sheet.write_datetime(*at, dt.datetime(value.year, value.month, value.day), date_format)
        case _:
            sheet.write_string(*at, text_of(value))
