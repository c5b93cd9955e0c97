import math

import pytest

from analytics.stats import Count, InputError, count, describe
from tests.analytics.stats.small_data import TIME


def test_quartiles_are_type_7_of_r() -> None:
    description = describe(TIME)
    assert (description.lower_quartile, description.median, description.upper_quartile) == (2.75, 6.5, 9.75)
    assert (description.n, description.missing, description.minimum, description.maximum) == (12, 0, 1, 15)


def test_missing_values_are_counted_and_set_aside() -> None:
    description = describe([5.9, None, float("nan"), 0.2])
    assert (description.n, description.missing, description.median) == (2, 2, pytest.approx(3.05))
    assert count([1, 0, None, True]) == Count(n=2, percent=pytest.approx(200 / 3), denominator=3, missing=1)


def test_where_nothing_is_known_there_is_no_number() -> None:
    assert math.isnan(describe([None, None]).median)
    nothing = count([])
    assert (nothing.n, nothing.denominator, nothing.missing) == (0, 0, 0)
    assert math.isnan(nothing.percent)


def test_what_is_neither_0_nor_1_is_not_counted() -> None:
    with pytest.raises(InputError, match=r"values\[2\]: neither 0 nor 1"):
        count([None, 1, 2])


def test_infinity_and_text_are_refused() -> None:
    with pytest.raises(InputError, match=r"values\[1\]: not finite"):
        describe([1, float("inf")])
    with pytest.raises(InputError, match="values: not numbers"):
        describe(["high"])
    with pytest.raises(InputError, match="values: must have one dimension"):
        describe([[1.0]])
