"""The field types: one declaration, a plain Django field for migrations."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from registry.crf import fields as crf
from registry.crf.rows import as_row
from registry.models import Baseline, InoCycle, Transplant


def test_migrations_see_plain_fields_without_labels_ranges_and_code_lists():
    name, path, arguments, options = Transplant._meta.get_field("intensity").deconstruct()
    assert (name, path, arguments, options) == (
        "intensity",
        "django.db.models.CharField",
        [],
        {"max_length": 20, "null": True},
    )


def test_a_clone_for_migrations_is_of_djangos_own_class():
    assert type(InoCycle._meta.get_field("d1_dose").clone()) is models.DecimalField


@pytest.mark.parametrize(
    ("entered", "kept"), [("5.90", "5.9"), ("100", "100"), ("0.000001", "0.000001"), ("1E2", "100")]
)
def test_a_number_is_kept_without_digits_that_say_nothing(entered, kept):
    assert format(crf.Decimal("x", item="X-01").to_python(entered), "f") == kept


@pytest.mark.parametrize("entered", ["NaN", "Infinity", "1,5", "a", "1e999999999", "0e-999999999", "9" * 5000])
def test_what_is_not_a_number_or_would_fill_the_memory_is_refused(entered):
    with pytest.raises(ValidationError):
        crf.Decimal("x", item="X-01").to_python(entered)


def test_several_answers_are_sorted_and_not_repeated():
    assert crf.MultiChoice("x", item="X-01", choices={"a": "A"}).to_python("b;a;b") == ["a", "b"]


def test_an_empty_text_is_no_value():
    assert crf.Text("x", item="X-01").to_python("  ") is None


def test_codes_that_are_numbers_keep_their_number_others_their_place():
    ecog, intensity = Baseline._meta.get_field("ecog").crf, Transplant._meta.get_field("intensity").crf
    assert ecog.integer_codes == {"0": 0, "1": 1, "2": 2, "3": 3, "4": 4}
    assert intensity.integer_codes == {"mac": 1, "ric": 2, "nma": 3}


def test_a_row_holds_plain_values():
    record = Baseline(wbc=Decimal("5.9"), rr_date="2019-04", emd_sites=["node"], missing={"plt": "ND"})
    record.clean_fields(exclude=["patient", "centre"])
    row = as_row(record)
    assert (row["wbc"], row["rr_date"], row["emd_sites"], row["plt"], row["missing"]) == (
        "5.9",
        "2019-04",
        ["node"],
        None,
        {"plt": "ND"},
    )


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x0b", "\x1f", "\uffff"])
def test_a_text_holds_no_sign_that_a_workbook_or_a_study_file_cannot_write(sign):
    with pytest.raises(ValidationError, match="a character that cannot be shown"):
        crf.Text("x", item="X-01").clean(f"a{sign}b", None)


@pytest.mark.parametrize("text", ["a\tb", "a\r\nb", "été", "𐌀", "\u202e"])
def test_other_signs_are_kept(text):
    assert crf.Text("x", item="X-01").clean(text, None) == text
