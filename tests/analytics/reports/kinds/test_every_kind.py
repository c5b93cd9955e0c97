"""What holds for every kind of report: R recomputes its numbers from its own files, and its results keep the schema."""

import html
import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from analytics.models import Kind
from analytics.reports import figures, formats
from analytics.reports.content import Content, Source
from analytics.reports.formats import pdf
from analytics.reports.formats.printed import Printed
from analytics.reports.kinds import KINDS
from tests.analytics.reports.formats.reports import facts
from tests.analytics.reports.formats.test_pdf import pages
from tests.analytics.reports.test_results_json import VALIDATOR

pytestmark = pytest.mark.slow  # figures are drawn


@pytest.fixture(scope="module", params=sorted(KINDS))
def content(request: pytest.FixtureRequest, source: Source) -> Content:
    centre = 3 if request.param == Kind.CENTRE_REPORT else None
    return KINDS[request.param](replace(source, centre=centre), lambda _: None)


def test_the_results_keep_the_schema(content: Content) -> None:
    VALIDATOR.validate(json.loads(content.results_text))


def test_every_entry_once(content: Content) -> None:
    ids = [entry["id"] for entry in content.results["entries"]]
    assert len(ids) == len(set(ids)) > 5


def test_the_names_of_its_files_differ(content: Content) -> None:
    names = [file.name for file in content.files()]
    assert len(names) == len(set(names))


def test_every_table_and_figure_stands_in_every_document(content: Content) -> None:
    files = {file.name: file.content for file in formats.documents(content, facts())}
    titles = [block.title for section in content.report.sections for block in section.blocks]
    word = docx.Document(io.BytesIO(files["report.docx"]))
    assert [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Caption"] == titles
    assert len(word.inline_shapes) == len(list(content.report.figures()))
    book = load_workbook(io.BytesIO(files["report.xlsx"]), read_only=True)
    cells = {row[0] for sheet in book for row in sheet.iter_rows(max_col=1, values_only=True)}
    assert [title for title in titles if title not in cells] == []
    page = html.unescape(files["report.html"].decode())
    assert [title for title in titles if title not in page] == []


@pytest.mark.needs_pdftotext
def test_every_table_and_figure_stands_in_the_pdf(content: Content) -> None:
    words = " ".join(pages(pdf.write(Printed(content, facts())).content))
    titles = [block.title for section in content.report.sections for block in section.blocks]
    assert [title for title in titles if title not in words] == []


def test_every_figure_can_be_drawn_again_from_the_results(content: Content) -> None:
    entries = {entry["id"]: entry for entry in json.loads(content.results_text)["entries"]}
    for figure in content.report.figures():
        assert figures.block(entries[figure.entry]).svg == figure.svg


@pytest.mark.needs_r
def test_r_recomputes_every_number_from_the_files_of_the_report(content: Content, tmp_path: Path) -> None:
    for file in content.files():
        (tmp_path / file.name).write_bytes(file.content)
    done = subprocess.run(["Rscript", "recompute.R"], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "numbers compared" in done.stdout
