"""Dates as they are typed, in English and in Italian; see docs/decisions/0008."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from registry.crf.typed_dates import tidy, tidy_day

ENGLISH, ITALIAN = "en-gb", "it"


@pytest.mark.parametrize("language", [ENGLISH, ITALIAN])
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2019-04-03", "2019-04-03"),
        ("20190403", "2019-04-03"),
        ("2019/4/3", "2019-04-03"),
        ("2019.4", "2019-04"),
        ("2019", "2019"),
        ("3 Apr 2019", "2019-04-03"),
        ("03-APR-2019", "2019-04-03"),
        ("3 aprile 2019", "2019-04-03"),
        ("Apr 2019", "2019-04"),
        ("sett. 2019", "2019-09"),
        ("1 gen 2020", "2020-01-01"),
        ("7 jun 2020", "2020-06-07"),
        ("7 giu 2020", "2020-06-07"),
    ],
)
def test_the_year_first_and_the_month_in_letters_are_read_in_every_language(language, typed, read):
    with override(language):
        assert tidy(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("03/04/2019", "2019-04-03"),
        ("3.4.2019", "2019-04-03"),
        ("3-4-2019", "2019-04-03"),
        ("20/03/2021", "2021-03-20"),
        ("04/2019", "2019-04"),
        ("4.2019", "2019-04"),
    ],
)
def test_the_day_comes_first_in_italian_and_is_refused_in_english(typed, read):
    with override(ITALIAN):
        assert tidy(typed) == read
    with override(ENGLISH), pytest.raises(ValidationError, match="begin with the year"):
        tidy(typed)


@pytest.mark.parametrize("language", [ENGLISH, ITALIAN])
@pytest.mark.parametrize(
    "typed", ["3/4/19", "04/19", "19-04", "19", "3 Apr 19", "Apr 19", "03042019", "201904", "190403"]
)
def test_two_digit_years_and_digits_without_an_order_are_refused_in_every_language(language, typed):
    with override(language), pytest.raises(ValidationError):
        tidy(typed)


def test_a_day_is_asked_for_where_it_must_be_known():
    assert tidy_day("3 Apr 2019") == "2019-04-03"
    with pytest.raises(ValidationError, match="the day is needed"):
        tidy_day("Apr 2019")


def test_no_beginning_of_a_month_means_another_in_the_other_language():
    from registry.crf.typed_dates import MONTHS

    beginnings = [{name[:3] for name in names} for names in MONTHS]
    assert sum(map(len, beginnings)) == len(set.union(*beginnings))


@pytest.mark.parametrize("typed", ["", "yesterday", "2019-13-40x", "maybe 2019"])
def test_other_text_is_left_to_the_field(typed):
    assert tidy(typed) == typed
