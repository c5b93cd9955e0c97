"""Texts that are kept without a language and read in that of their reader."""

from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy, override

from registry.crf.language import Listing, Message, declared, english, put_together, taken_apart

DOSE = Message("{dose} mg/m2 on day {day}: 0.5 expected.", dose=Decimal("0.8"), day=8)
STEP = Message("first INO dose {date}", date="2019-05-02")


def in_italian(text):
    with override("it"):
        return str(text)


def test_a_declared_text_is_read_in_the_language_of_whoever_reads_it():
    label = declared("Bone marrow blasts")
    assert (str(label), in_italian(label), str(label)) == (
        "Bone marrow blasts",
        "Blasti midollari",
        "Bone marrow blasts",
    )


def test_nothing_declared_is_nothing():
    assert in_italian(declared("")) == ""


def test_a_message_fills_the_sentence_of_its_reader_with_numbers_as_he_writes_them():
    assert str(DOSE) == "0.8 mg/m2 on day 8: 0.5 expected."
    assert in_italian(DOSE) == "0,8 mg/m2 il giorno 8: attesa 0,5."


def test_a_message_equals_what_it_reads():
    assert DOSE == "0.8 mg/m2 on day 8: 0.5 expected."
    assert STEP != DOSE
    assert len({STEP, Message("first INO dose {date}", date="2019-05-02")}) == 1


def test_english_is_english_whoever_reads():
    with override("it"):
        assert english(DOSE) == "0.8 mg/m2 on day 8: 0.5 expected."
        assert english(gettext_lazy("Relapse")) == "Relapse"


@pytest.mark.parametrize(
    ("text", "italian"),
    [
        (DOSE, "0,8 mg/m2 il giorno 8: attesa 0,5."),
        (declared("Relapse"), "Recidiva"),
        (
            Message("INO doses must be in date order; {a} is not before {b}.", a=STEP, b="2019-05-01"),
            "Le dosi di INO devono essere in ordine di data; prima dose di INO 2019-05-02 non precede 2019-05-01.",
        ),
        (Listing((declared("Relapse"), "", Decimal("0.5")), separator=gettext_lazy(" and ")), "Recidiva e 0,5"),
    ],
)
def test_what_is_taken_apart_in_one_language_is_put_together_in_another(text, italian):
    with override("it"):
        kept = taken_apart(text)
    assert kept == taken_apart(text)
    assert english(put_together(kept)) == english(text)
    assert in_italian(put_together(kept)) == italian


def test_what_somebody_typed_is_not_translated_though_it_reads_like_a_word():
    message = Message('Not readable as ISCN at "{token}". Example: 46,XY,t(9;22)(q34;q11)[15]/46,XY[5]', token="normal")
    assert '"normal"' in in_italian(put_together(taken_apart(message)))
