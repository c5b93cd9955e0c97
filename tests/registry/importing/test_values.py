"""How a cell is read: codes and labels, dates and numbers as declared; what is refused, and with which words."""

from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError

from registry.crf.fields import crf_fields
from registry.models import FORMS_BY_NAME
from registry.transfer.cells import csv_writer, safe_cell
from registry.transfer.importing import csv_in
from registry.transfer.importing.notation import Notation
from registry.transfer.importing.values import read, text_of


def item(name):
    form, _dot, field = name.partition(".")
    return next(each for each in crf_fields(FORMS_BY_NAME[form]) if each.name == field)


def reads(name, cell, **notation):
    return read(item(name), cell, Notation(**notation))


def refusal(name, cell, **notation):
    with pytest.raises(ValidationError) as refused:
        reads(name, cell, **notation)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("patient.sex", "F", "F"),
        ("patient.sex", "female", "F"),
        ("patient.sex", "Female", "F"),
        ("patient.sex", "femminile", "F"),
        ("patient.sex", "F: female", "F"),
        ("ino_cycle.d8_given", "yes", True),
        ("ino_cycle.d8_given", "No", False),
        ("ino_cycle.d8_given", ["b", True], True),
        ("ino_cycle.d8_given", ["n", "0"], False),
        ("baseline.ecog", ["n", "2"], "2"),
        ("ino_cycle.concomitant", "TKI; steroid", ["steroid", "tki"]),
        ("patient.age_rr", ["n", "52"], 52),
        ("patient.age_rr", "52", 52),
        ("ino_cycle.d1_dose", ["n", "0.8"], "0.8"),
        ("cytogenetics.iscn", "  46,XY[20] ", "46,XY[20]"),
    ],
)
def test_codes_labels_and_numbers_are_read(name, cell, value):
    assert reads(name, cell) == value


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("2019-04-03", "dmy", "2019-04-03"),
        ("3 Apr 2019", "ymd", "2019-04-03"),
        ("03/04/2019", "dmy", "2019-04-03"),
        ("03/04/2019", "mdy", "2019-03-04"),
        ("3.4.2019", "dmy", "2019-04-03"),
    ],
)
def test_the_order_of_a_date_is_declared(text, order, value):
    assert reads("ino_cycle.d1_date", text, date_order=order) == value


def test_a_date_of_the_spreadsheet_needs_no_order():
    assert reads("ino_cycle.d1_date", ["d", "2019-04-03"], date_order="mdy") == "2019-04-03"


def test_a_partial_date_keeps_what_is_known():
    assert reads("diagnosis.dx_date", ["n", "2019"]) == "2019"
    assert reads("diagnosis.dx_date", "04/2019", date_order="dmy") == "2019-04"
    assert reads("diagnosis.dx_date", "2019-04") == "2019-04"


@pytest.mark.parametrize(
    ("name", "cell", "words"),
    [
        ("ino_cycle.d1_date", "03/04/2019", "begin with the year"),
        ("ino_cycle.d1_date", "03/04/19", "Years have four digits"),
        ("ino_cycle.d1_date", "2019-02-30", "is no day of the calendar"),
        ("ino_cycle.d1_date", ["n", "43558"], "is a number, not a date"),
        ("ino_cycle.d1_date", ["d", "2019-04-03 12:30:00"], "has a time of day"),
        ("ino_cycle.d1_dose", "0,8", "the decimal sign of this file is “.”"),
        ("ino_cycle.d1_dose", "1.234,5", "the decimal sign"),
        ("ino_cycle.d1_dose", ["e", "#DIV/0!"], "#DIV/0! is an error of the spreadsheet"),
        ("ino_cycle.d1_dose", ["f", ""], "The formula has no value"),
        ("patient.age_rr", ["n", "52.5"], "is not a whole number"),
        ("patient.sex", "woman", "is not in the list of answers (F: female, M: male)"),
        ("ino_cycle.d8_given", "maybe", "is not 1 (yes) or 0 (no)"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(name, cell, words):
    assert words in refusal(name, cell)


TEXTS = ["=1+1", "+CMD", "-1+2", "@SUM(A1)", "'quoted", "'=1", "plain", "-5.2", "a;=1", "a;'=1"]


def test_text_that_an_export_made_safe_comes_back_as_it_was():
    file = StringIO()
    csv_writer(file).writerows(["03-001", safe_cell(text)] for text in TEXTS)
    assert [line.cells[1] for line in csv_in.read(BytesIO(file.getvalue().encode()))] == TEXTS


@pytest.mark.parametrize("text", TEXTS)
def test_text_of_a_workbook_is_as_it_stands(text):
    assert text_of(text) == text


def test_a_number_of_a_spreadsheet_has_no_digits_that_nobody_typed():
    assert reads("ino_cycle.d1_dose", ["n", format(0.1 + 0.2, ".15g")]) == "0.3"
