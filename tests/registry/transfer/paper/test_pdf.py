"""Typst as the registry uses it: the same bytes again, tagged, and whatever was typed is text."""

import datetime as dt
import unicodedata

import pytest

from registry.transfer.paper.pdf import printable, render


def letter(answer):
    item = {"numbers": "X-01", "label": "Question", "answer": answer, "is_answer": True, "verified": False}
    return {
        "title": "Patient 03-001",
        "centre": "Centre 03",
        "footer": "Footer",
        "facts": [["Centre", "03"]],
        "overview": [],
        "texts": {"overview": ["Form"] * 5, "columns": ["Item", "Question", "Answer"], "verified": "verified"},
        "records": [{"title": "Baseline", "facts": ["complete"], "items": [item]}],
    }


def test_the_same_data_and_time_give_the_same_bytes(at):
    assert render("filled_crf", letter("yes"), at=at) == render("filled_crf", letter("yes"), at=at)
    assert render("filled_crf", letter("yes"), at=at) != render("filled_crf", letter("no"), at=at)
    assert render("filled_crf", letter("yes"), at=at) != render(
        "filled_crf", letter("yes"), at=at + dt.timedelta(days=1)
    )


def test_the_document_says_that_it_is_tagged_and_for_the_archive(at):
    pdf = render("filled_crf", letter("yes"), at=at)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in pdf and b"/StructTreeRoot" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in pdf


@pytest.mark.needs_pdftotext
def test_what_looks_like_markup_is_printed_as_it_was_typed(at, pages):
    typed = '#panic() = *bold* $x$ @cite <label> \\ `raw` #import "/etc/passwd" // comment'
    text = " ".join(pages(render("filled_crf", letter(typed), at=at))[0].split())
    for part in ("#panic()", "*bold*", "$x$", "@cite", "<label>", "`raw`", "#import", "// comment"):
        assert part in text


@pytest.mark.needs_pdftotext
def test_lines_of_an_answer_stay_lines(at, pages):
    text = pages(render("filled_crf", letter("first line\nsecond line"), at=at))[0]
    assert not any("first line" in line and "second line" in line for line in text.splitlines())
    assert "second line" in text


@pytest.mark.parametrize(
    "sign", ["\x00", "\x1b", "\ud800", "\ue000", "\U0010ffff", "中", "😀", "\u202e", "\u0301", "\u2028", "אב"]
)
def test_no_sign_keeps_a_document_from_being_printed(at, sign):
    assert render("filled_crf", letter(f"before {sign} after"), at=at)


def test_what_cannot_be_printed_is_marked_and_nothing_else_is_changed():
    kept = "é中 – ≥ m² \u202e"
    assert printable([{"a": f"{kept}\x00\ue000"}, 3, None]) == [{"a": f"{kept}\ufffd\ufffd"}, 3, None]
    assert unicodedata.category("\ufffd") == "So"
