"""What holds for every format: the same report gives the same bytes, and nothing of it is left out."""

from dataclasses import replace

import pytest

from analytics.reports import formats, provenance
from analytics.reports.document import ReportTable, Row
from analytics.reports.formats.printed import LONGEST, PAGE, as_printed, column_shares
from tests.analytics.reports.formats import reports

pytestmark = pytest.mark.slow  # fonts are read

NAMES = ["report.pdf", "report.docx", "report.xlsx", "report.html", "recompute-in-R.zip"]


def test_the_same_report_gives_the_same_bytes() -> None:
    facts = reports.facts()
    first, second = (list(formats.documents(reports.small(), facts)) for _ in range(2))
    assert [file.name for file in first] == NAMES
    for one, other in zip(first, second, strict=True):
        assert one == other, one.name


def test_a_report_without_figures_and_files_for_r_has_documents() -> None:
    content = reports.small()
    sections = tuple(replace(section, blocks=(reports.TABLE,)) for section in content.report.sections)
    plain = replace(content, report=replace(content.report, sections=sections), bundle=())
    assert [file.name for file in formats.documents(plain, reports.facts())] == NAMES[:-1]


def test_the_footer_names_report_cut_off_snapshot_code_and_seal() -> None:
    assert provenance.footer(reports.facts()) == (
        "Report 3f0c2a1e-7a52-4a86-9d0a-6a3a1a2b3c4d · data cut-off 2023-06-30 · snapshot ab12ab12ab12 · "
        "code cd34cd34cd34 · audit seal 17:9a8b9a8b9a8b"
    )


def test_a_column_is_never_narrower_than_its_longest_word() -> None:
    table = ReportTable("t", "T", ("Name", "Denominator", "P"), (Row(("a " * 200, "58", "<0.001")),), ())
    name, denominator, p = column_shares(table)
    assert sum((name, denominator, p)) == pytest.approx(1)
    assert denominator * PAGE >= len("Denominator") and p * PAGE >= len("<0.001")
    assert name > 0.6


def test_a_table_of_many_pages_says_where_the_rest_is() -> None:
    table = replace(reports.LONG, rows=tuple(Row((f"P{n}", "x")) for n in range(1200)), footnotes=("Note.",))
    printed = as_printed(table)
    assert len(printed.rows) == LONGEST
    assert printed.footnotes == ("The first 500 of 1,200 rows; all of them are in the Excel workbook.", "Note.")
    assert as_printed(reports.LONG) is reports.LONG
