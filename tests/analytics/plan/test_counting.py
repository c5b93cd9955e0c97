import numpy as np
import pytest

from analytics.plan.counting import count, median
from analytics.plan.registry import NotPossible

YES = np.array([True, True, False, False, False])
KNOWN = np.array([True, True, True, True, False])


def test_the_denominator_counts_the_known_only() -> None:
    number = count("yes", YES, known=KNOWN)
    assert (number.value, number.n, number.missing) == (2, 4, 1)


def test_a_population_is_applied_before_the_missing_are_counted() -> None:
    number = count("yes", YES, known=KNOWN, within=np.array([True, False, True, False, True]))
    assert (number.value, number.n, number.missing) == (1, 2, 1)


def test_named_masks_are_the_parts_of_one_number() -> None:
    number = count("both", {"yes": YES, "no": ~YES}, known=KNOWN)
    assert number.value == (2, 2)
    assert number.parts == ("yes", "no")


def test_classes_that_do_not_add_up_to_their_denominator_are_refused() -> None:
    assert count("all", {"yes": YES, "no": ~YES}, known=KNOWN, partition=True).value == (2, 2)
    for classes in ({"yes": YES}, {"yes": YES, "also": KNOWN}):
        with pytest.raises(NotPossible, match=r"^all: the parts add up to [26] of 4 patients"):
            count("all", classes, known=KNOWN, partition=True)


def test_the_median_leaves_out_the_missing_and_gives_the_range() -> None:
    number = median("age", np.array([4.0, 1.0, np.nan, 3.0]), unit="years")
    assert (number.value, number.lower, number.upper, number.n, number.missing) == (3.0, 1.0, 4.0, 3, 1)


def test_a_median_of_nothing_is_a_reason() -> None:
    assert median("age", np.array([np.nan]), unit="years").error == "no known value"
