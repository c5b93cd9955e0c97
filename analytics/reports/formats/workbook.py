"""A report as an Excel workbook: each section as printed, with the exact numbers beside it. No text is a formula."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from analytics.reports import display
from analytics.reports.content import File
from analytics.reports.document import ReportFigure, ReportTable
from analytics.reports.figures import data, is_drawn
from analytics.reports.formats.printed import MADE_OF, Printed
from analytics.reports.numbers import numbers
from analytics.reports.tables import EXACT, exact

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
NUMBERS: Final = (
    *("entry", "title", "section", "label", "part", "value", "unit", "lower", "upper", "interval", "p", "df", "events"),
    *("n", "missing", "population", "method", "paper", "printed", "error"),
)
LONGEST_NAME: Final = 31  # of a sheet
FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
WHOLE: Final = re.compile(r"\d{1,9}")
SCALE, ROW_POINTS = 0.75, 15  # of a picture; the height of a row
Entries = Mapping[str, Mapping[str, Any]]


def write(printed: Printed) -> File:
    out = io.BytesIO()
    workbook = Workbook(out, OPTIONS)
    about = {"title": printed.report.title, "author": "INO registry", "comments": printed.footer}
    workbook.set_properties(about | {"created": printed.at.astimezone(UTC).replace(tzinfo=None)})
    book = _Book(workbook, printed)
    book.add_first_sheet()
    book.add_rows("Numbers", NUMBERS, _all_numbers(printed.content.results["entries"]))
    for place, section in enumerate(printed.report.sections, 1):
        sheet = book.add_sheet(f"{place} {section.title}")
        row = 0
        for block in section.blocks:
            add = book.add_figure if isinstance(block, ReportFigure) else book.add_table
            row = add(sheet, row, block) + 1
    book.add_rows("Curves", ("entry", *data.OF_CURVES), _all_curves(printed.content.results["entries"]))
    workbook.close()
    return File("report.xlsx", MEDIA_TYPE, out.getvalue())


def _all_numbers(entries: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[Any]]:
    """Every number of results.json at full precision; the parts of one in rows of their own."""
    for entry in entries:
        for number in () if entry["error"] else numbers(entry):
            parts = (
                zip(number["parts"], number["value"] or (), strict=False)
                if number["parts"]
                else [("", number["value"])]
            )
            for part, value in parts:
                about = {"entry": entry["id"], "title": entry["title"], "section": entry["section"], "part": part}
                about |= {"value": value, "paper": number["figure"], "printed": display.value_of(number)}
                yield [about[name] if name in about else number[name] for name in NUMBERS]


def _all_curves(entries: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[Any]]:
    for entry in entries:
        if is_drawn(entry) and entry["drawn_as"] == "curves":
            yield from ((entry["id"], *row) for row in data.rows(entry))


class _Exact(float):
    """A number that is written with the digits that give it back; XlsxWriter would round it to 16."""

    def __format__(self, _: str) -> str:
        return repr(float(self))


class _Book:
    """The workbook while it is written."""

    def __init__(self, workbook: Workbook, printed: Printed) -> None:
        self.workbook, self.printed = workbook, printed
        self.entries: Entries = {entry["id"]: entry for entry in printed.content.results["entries"]}
        self.strong = workbook.add_format({"bold": True})
        self.header = workbook.add_format({"bold": True, "top": 2, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.quiet = workbook.add_format({"font_color": "#4D5660", "font_size": 9})
        self.indented = workbook.add_format({"indent": 1})

    def add_sheet(self, title: str) -> Worksheet:
        sheet = self.workbook.add_worksheet(FORBIDDEN.sub("-", title)[:LONGEST_NAME].strip())
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 20, 17)
        sheet.set_default_row(ROW_POINTS)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{self.printed.footer.replace('&', '&&')}&R&8&P / &N")
        return sheet

    def add_first_sheet(self) -> None:
        sheet = self.add_sheet("Report")
        sheet.write_string(0, 0, self.printed.report.title, self.workbook.add_format({"bold": True, "font_size": 16}))
        for row, warning in enumerate(self.printed.warnings, 1):
            sheet.write_string(row, 0, warning, self.strong)
        first = 2 + len(self.printed.warnings)
        sheet.write_string(first, 0, MADE_OF, self.strong)
        for row, (name, value) in enumerate(self.printed.made_of, first + 1):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value)

    def add_rows(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """A sheet that is one table, to filter and to read by a program."""
        sheet = self.add_sheet(title)
        self._write_row(sheet, 0, columns, self.header)
        last = 0
        for last, values in enumerate(rows, 1):
            self._write_row(sheet, last, values)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def add_table(self, sheet: Worksheet, row: int, table: ReportTable) -> int:
        """As printed; right of it, where they are known, the exact numbers of each row. Gives the next free row."""
        sheet.write_string(row, 0, table.title, self.strong)
        beside = exact(table, self.entries[table.id]) if table.id in self.entries else []
        self._write_row(sheet, row + 1, table.columns, self.header)
        if beside:
            headings = [f"exact: {name}" for name in EXACT]
            self._write_row(sheet, row + 1, headings, self.header, column=len(table.columns) + 1)
        for place, line in enumerate(table.rows):
            cells = [int(cell) if WHOLE.fullmatch(cell) else cell for cell in line.cells]
            self._write_row(sheet, row + 2 + place, cells)
            sheet.write_string(row + 2 + place, 0, line.cells[0], self.indented if line.level else None)
            if beside:
                self._write_row(sheet, row + 2 + place, beside[place], column=len(table.columns) + 1)
        return self._add_notes(sheet, row + 2 + len(table.rows), table.footnotes)

    def add_figure(self, sheet: Worksheet, row: int, figure: ReportFigure) -> int:
        """The picture; the data behind curves are in a sheet of their own, those of others in the table below it."""
        png = self.printed.pictures[figure.id]
        options = {"image_data": io.BytesIO(png), "x_scale": SCALE, "y_scale": SCALE, "description": figure.description}
        sheet.write_string(row, 0, figure.title, self.strong)
        sheet.insert_image(row + 1, 0, f"{figure.id}.png", options)
        height = int.from_bytes(png[20:24], "big") / 300 * 72 * SCALE
        return self._add_notes(sheet, row + 2 + int(height / ROW_POINTS) + 1, figure.footnotes)

    def _add_notes(self, sheet: Worksheet, row: int, notes: Sequence[str]) -> int:
        for place, note in enumerate(notes):
            sheet.write_string(row + place, 0, note, self.quiet)
        return row + len(notes)

    def _write_row(
        self, sheet: Worksheet, row: int, values: Iterable[Any], form: Any = None, *, column: int = 0
    ) -> None:
        for place, value in enumerate(values, column):
            if isinstance(value, int | float):
                sheet.write_number(row, place, _Exact(value) if isinstance(value, float) else int(value), form)
            elif value is not None:
                sheet.write_string(row, place, str(value), form)
