"""Numbers as they are typed and shown, in English and in Italian; see docs/decisions/0008."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from registry.web.typed_numbers import shown, tidy, tidy_whole

ENGLISH, ITALIAN = "en-gb", "it"
each_language = pytest.mark.parametrize("language", [ENGLISH, ITALIAN])


@each_language
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5,9", "5.9"),
        ("5.9", "5.9"),
        ("-5,9", "-5.9"),
        (",5", "0.5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1,2345", "1.2345"),
        ("1234,567", "1234.567"),
        ("1234", "1234"),
        ("six", "six"),
    ],
)
def test_point_and_comma_are_decimal_signs_in_every_language(language, typed, read):
    with override(language):
        assert tidy(typed) == read


@pytest.mark.parametrize(("language", "own", "other"), [(ENGLISH, "1.234", "1,234"), (ITALIAN, "1,234", "1.234")])
def test_three_digits_after_the_sign_of_the_other_language_may_be_thousands_and_are_refused(language, own, other):
    with override(language):
        assert tidy(own) == "1.234"
        with pytest.raises(ValidationError) as refused:
            tidy(other)
    # Both readings, each as it is to be written.
    assert own in refused.value.messages[0].removeprefix(f"“{other}”")
    assert "1234" in refused.value.messages[0]


@each_language
@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("1.234.567", "1234567"),
        ("1 234", "1234"),
        ("1'234", "1234"),
        ("1_234", "1234"),
        ("-1.234.567", "-1234567"),
        ("1.234,5", "1234{sign}5"),
        ("1,234.5", "1234{sign}5"),
        ("1 234,56", "1234{sign}56"),
    ],
)
def test_signs_between_the_thousands_are_refused_with_the_number_to_write(language, typed, remedy):
    with override(language), pytest.raises(ValidationError) as refused:
        tidy(typed)
    sign = "," if language == ITALIAN else "."
    assert refused.value.messages[0].rstrip(".").endswith(f" {remedy.format(sign=sign)}")


@each_language
@pytest.mark.parametrize("typed", ["1.234", "1,234", "1 234"])
def test_a_whole_number_has_no_signs_in_it(language, typed):
    with override(language), pytest.raises(ValidationError, match="1234"):
        tidy_whole(typed)
    assert tidy_whole("1234") == "1234"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**11), max_value=10**11))
def test_what_is_shown_is_read_again_exactly(number):
    for language in (ENGLISH, ITALIAN):
        with override(language):
            assert Decimal(tidy(shown(number))) == number


def test_numbers_are_shown_with_the_decimal_sign_of_the_language():
    with override(ITALIAN):
        assert shown(Decimal("5.9")) == "5,9"
    with override(ENGLISH):
        assert shown(Decimal("5.9")) == "5.9"
