"""The Word document: by its parts, and as LibreOffice shows it."""

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from analytics.reports.content import Content
from analytics.reports.formats import word
from analytics.reports.formats.printed import MADE_OF, Printed
from tests.analytics.reports.formats import reports
from tests.analytics.reports.formats.test_pdf import pages

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def content(small: Printed) -> bytes:
    return word.write(small).content


@pytest.fixture(scope="module")
def document(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def table_of(document: Any, first: str) -> Any:
    return next(table for table in document.tables if table.cell(0, 0).text == first)


def test_headings_are_headings_and_the_last_is_what_it_is_made_of(document: Any) -> None:
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["Survival / deaths: [all]", "Listing", MADE_OF]
    assert {row.cells[1].text for row in document.tables[-1].rows} >= {reports.SNAPSHOT, reports.SEAL, reports.CODE}


def test_a_table_has_its_title_above_and_its_notes_below(document: Any) -> None:
    body = list(document.element.body)
    place = body.index(document.tables[1]._tbl)
    above, below = (docx.text.paragraph.Paragraph(body[at], document) for at in (place - 1, place + 1))
    assert (above.style.name, above.text) == ("Caption", "Sizes of groups")
    assert (below.style.name, below.text) == ("Table notes", "Population: all patients (n = 58). Method: counted.")


def test_a_table_has_three_rules(document: Any) -> None:
    rows = document.tables[1].rows
    ruled = [{border.tag.rpartition("}")[2] for border in row._tr.iter(qn("w:top"), qn("w:bottom"))} for row in rows]
    assert ruled == [{"top", "bottom"}, set(), {"bottom"}]


def test_the_header_of_a_table_is_repeated_and_no_row_is_split(document: Any) -> None:
    for table in document.tables:
        header, *rows = table.rows
        assert header._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rows)


def test_a_cell_holds_its_text_as_it_is(document: Any) -> None:
    assert document.tables[1].cell(1, 0).text == "=1+1 #strong[men] <b> & {{"
    assert document.tables[1].cell(2, 1).text == "20 (34%)"


def test_a_figure_is_a_vector_with_a_picture_for_programs_without_and_words(document: Any, content: bytes) -> None:
    (inline,) = document.inline_shapes
    assert inline._inline.docPr.get("descr") == "58 patients. 36 deaths."
    (reference,) = (each for each in inline._inline.iter() if each.tag.endswith("}svgBlip"))
    assert document.part.related_parts[reference.get(qn("r:embed"))].blob.decode() == reports.SVG
    assert round(inline.width.inches, 2) == 1.0  # 72 points, by the resolution that the picture states
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert '"image/svg+xml"' in packed.read("[Content_Types].xml").decode()


def test_the_foot_of_the_page_identifies_the_report(small: Printed, document: Any) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    assert small.footer in footer.text
    assert [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_contents_lead_to_every_heading(document: Any) -> None:
    anchors = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    assert anchors == marks and len(marks) == 3


@pytest.mark.needs_libreoffice
@pytest.mark.needs_pdftotext
def test_libreoffice_shows_every_table_and_figure_of_the_analysis(
    reference_content: Content, reference_documents: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "report.docx").write_bytes(reference_documents["report.docx"])
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "report.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    shown = pages((tmp_path / "report.pdf").read_bytes())
    for section in reference_content.report.sections:
        for title in (section.title, *(block.title for block in section.blocks)):
            assert title in " ".join(shown)
    for number, page in enumerate(shown, 1):
        assert "snapshot ab12ab12ab12" in page
        assert f"page {number} of {len(shown)}" in page
