"""The PDF as a reader and as an archive get it."""

import subprocess

import pytest

from analytics.reports.content import Content
from analytics.reports.formats import pdf
from analytics.reports.formats.printed import MADE_OF, Printed
from tests.analytics.reports.formats import reports

pytestmark = [pytest.mark.slow, pytest.mark.needs_pdftotext]


def pages(content: bytes) -> list[str]:
    words = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return [" ".join(page.split()) for page in words.stdout.decode().split("\f")[:-1]]


@pytest.fixture(scope="module")
def small_pages(small: Printed) -> list[str]:
    return pages(pdf.write(small).content)


def test_every_page_says_which_report_it_belongs_to(small: Printed, small_pages: list[str]) -> None:
    assert len(small_pages) > 3
    for number, page in enumerate(small_pages, 1):
        for fact in ("snapshot ab12ab12ab12", "code cd34cd34cd34", "data cut-off 2023-06-30", "17:9a8b9a8b9a8b"):
            assert fact in page
        assert f"Page {number} / {len(small_pages)}" in page


def test_the_header_of_a_table_stands_on_each_of_its_pages(small_pages: list[str]) -> None:
    with_rows = [page for page in small_pages if " x P" in page]
    assert len(with_rows) > 1
    assert all("Patient Repeated" in page for page in with_rows)


def test_what_stands_in_a_cell_is_never_markup(small_pages: list[str]) -> None:
    assert "=1+1 #strong[men] <b> & {{" in "".join(small_pages)
    assert "of them @old" in "".join(small_pages)


def test_it_ends_with_what_it_is_made_of(small: Printed, small_pages: list[str]) -> None:
    end = "".join(small_pages).rsplit(MADE_OF, 1)[1]
    for name, value in small.made_of:
        assert f"{name} {value}" in end


def test_it_is_tagged_and_fit_for_the_archive(small: Printed) -> None:
    content = pdf.write(small).content
    assert b"<pdfuaid:part>1" in content and b"<pdfaid:part>2" in content
    assert b"/StructTreeRoot" in content  # the compiler refuses a figure without words under this standard


def test_every_section_table_and_figure_of_the_analysis_is_printed(
    reference_content: Content, reference_documents: dict[str, bytes]
) -> None:
    words = " ".join(pages(reference_documents["report.pdf"]))
    assert reports.SNAPSHOT in words
    for section in reference_content.report.sections:
        assert section.title in words
        for block in section.blocks:
            assert block.title in words
    assert "Number at risk, cumulative events" in words  # the text of figures is text
