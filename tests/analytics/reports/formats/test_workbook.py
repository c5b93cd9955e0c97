"""The Excel workbook, read back."""

import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook

from analytics.reports.content import Content
from analytics.reports.formats import workbook
from analytics.reports.formats.printed import Printed
from analytics.reports.numbers import numbers
from tests.analytics.reports.formats import reports

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def book(small: Printed) -> Any:
    return load_workbook(io.BytesIO(workbook.write(small).content))


@pytest.fixture(scope="module")
def analysis(reference_documents: dict[str, bytes]) -> Any:
    return load_workbook(io.BytesIO(reference_documents["report.xlsx"]))


def lines_of(sheet: Any) -> list[list[Any]]:
    """The cells of each line that hold something."""
    return [[cell for cell in line if cell not in (None, "")] for line in sheet.iter_rows(values_only=True)]


def rows(sheet: Any) -> list[dict[str, Any]]:
    header, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(header, line, strict=True)) for line in lines]


def test_the_first_sheet_says_what_the_report_is_made_of(book: Any) -> None:
    first = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert (first["Snapshot, sha256"], first["Audit seal"]) == (reports.SNAPSHOT, reports.SEAL)
    assert "snapshot ab12ab12ab12" in book.worksheets[2].oddFooter.left.text


def test_a_section_is_a_sheet_whatever_signs_its_title_has(book: Any) -> None:
    assert book.sheetnames == ["Report", "Numbers", "1 Survival - deaths- -all-", "2 Listing", "Curves"]


def test_no_text_is_a_formula(book: Any, analysis: Any) -> None:
    cells = [cell for each in (book, analysis) for sheet in each for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1 #strong[men] <b> & {{" for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_a_table_stands_as_it_is_printed(book: Any) -> None:
    lines = lines_of(book.worksheets[2])
    place = lines.index(["Sizes of groups"])
    assert lines[place + 1 : place + 6] == [
        ["Value", "Denominator"],
        ["=1+1 #strong[men] <b> & {{", 58],
        ["of them @old", "20 (34%)"],
        ["Population: all patients (n = 58)."],
        ["Method: counted."],
    ]
    assert len(book.worksheets[2]._images) == 1


def test_every_number_of_the_results_is_there_at_full_precision(reference_content: Content, analysis: Any) -> None:
    entries = json.loads(reference_content.results_text)["entries"]
    expected = [
        (entry["id"], number["label"], value, number["lower"], number["upper"], number["p"], number["n"])
        for entry in entries
        if not entry["error"]
        for number in numbers(entry)
        for value in (number["value"] if number["parts"] and number["value"] else [number["value"]])
    ]
    names = ("entry", "label", "value", "lower", "upper", "p", "n")
    assert len(expected) > 800
    assert [tuple(row[name] for name in names) for row in rows(analysis["Numbers"])] == expected


def test_the_exact_numbers_stand_beside_what_is_printed(reference_content: Content, analysis: Any) -> None:
    entry = next(entry for entry in reference_content.results["entries"] if entry["id"] == "survival-model")
    sheet = next(sheet for sheet in analysis if sheet.title.endswith("Prognostic factors"))
    lines = lines_of(sheet)
    place = lines.index([entry["title"]]) + 2
    for term, line in zip(entry["value"]["terms"], lines[place:], strict=False):
        assert line[0] == term["label"]
        assert line[-6:] == [term[name] for name in ("value", "lower", "upper", "p", "events", "n")]


def test_every_table_and_figure_of_the_analysis_is_in_the_sheet_of_its_section(
    reference_content: Content, analysis: Any
) -> None:
    for section, sheet in zip(reference_content.report.sections, analysis.worksheets[2:-1], strict=True):
        first = [line[0] for line in sheet.iter_rows(max_col=1, values_only=True)]
        assert [block.title for block in section.blocks if block.title not in first] == []


def test_the_steps_of_every_curve_are_there(reference_content: Content, analysis: Any) -> None:
    entry = next(entry for entry in reference_content.results["entries"] if entry["id"] == "overall-survival")
    found = [row["estimate"] for row in rows(analysis["Curves"]) if row["entry"] == "overall-survival"]
    assert found == [1, *entry["value"]["lines"][0]["estimate"]]
