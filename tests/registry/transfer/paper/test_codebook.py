"""The codebook as file: every item in each format, one version."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from registry.crf import codebook
from registry.crf.fields import crf_fields
from registry.models import ALL_FORMS
from registry.transfer.codebook_csv import codebook_csv
from registry.transfer.paper.codebook import codebook_pdf

pytestmark = pytest.mark.slow

ITEMS = [field.crf.number for model in ALL_FORMS for field in crf_fields(model)]


def test_the_csv_holds_every_item_once_in_the_order_of_the_paper():
    assert [row["item"] for row in csv.DictReader(StringIO(codebook_csv()))] == ITEMS


@pytest.mark.needs_pdftotext
def test_the_pdf_holds_every_item_with_codes_limits_and_conditions(at, pages):
    text = " ".join(" ".join(pages(codebook_pdf(at=at))).split())
    assert [number for number in ITEMS if number not in text] == []
    assert codebook.version() in text
    for part in (
        "translocation 9-22",
        "possible 0.1 to 2.0",
        "required when “Day 8: dose given” is",
        "UNK, ND, NA, PEND",
    ):
        assert part in text


def test_every_page_says_of_which_dictionary_it_is(at, pages):
    found = pages(codebook_pdf(at=at))
    assert all(f"dictionary version {codebook.version()}" in page for page in found)
    assert f"Page {len(found)} / {len(found)}" in found[-1]


def test_the_version_does_not_depend_on_the_language_of_the_reader():
    version, text = codebook.version(), codebook_csv()
    with override("it"):
        assert (codebook.version(), codebook_csv()) == (version, text)


def test_the_command_writes_each_format(tmp_path, capsys):
    call_command("codebook", out=tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {
        "codebook.csv",
        "codebook.html",
        "codebook.pdf",
        "blank_crf.pdf",
    }
    assert (tmp_path / "codebook.csv").read_text() == codebook_csv()
    assert codebook.version() in (tmp_path / "codebook.html").read_text()
    assert capsys.readouterr().out.count(codebook.version()) == 4


def test_an_unknown_format_is_refused_by_name(tmp_path):
    with pytest.raises(CommandError, match=r"Unknown format docx. Known are csv, html, pdf."):
        call_command("codebook", out=tmp_path, format="csv,docx")
