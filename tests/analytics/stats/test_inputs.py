"""A missing or impossible value is refused by every estimator, with the argument and the row."""

from collections.abc import Callable

import numpy as np
import pytest

from analytics.stats import (
    InputError,
    StatisticsError,
    cox,
    cumulative_incidence,
    kaplan_meier,
    logistic,
    reverse_kaplan_meier,
)

NAN = float("nan")
T, D = [1.0, 2.0, 3.0], [1, 0, 1]
REFUSED: dict[str, Callable[[], object]] = {
    "time[1]: missing or not finite": lambda: kaplan_meier([1, NAN, 3], D),
    "time[2]: missing or not finite": lambda: reverse_kaplan_meier([1, 2, np.inf], D),
    "time[0]: missing or not finite": lambda: cox([None, 2, 3], D, D),
    "time[1]: negative time": lambda: cumulative_incidence([1, -2, 3], D),
    "event[2]: missing or not finite": lambda: kaplan_meier(T, [1, 0, NAN]),
    "event[0]: neither 0 nor 1": lambda: cox(T, [2, 0, 1], D),
    "status[1]: not a whole number from 0": lambda: cumulative_incidence(T, [1, 0.5, 0]),
    "status[2]: not a whole number": lambda: cumulative_incidence(T, [1, 0, -1]),
    "outcome[1]: missing": lambda: logistic([1, NAN, 0], D),
    "covariates[2]: missing": lambda: cox(T, D, [[1, 2], [3, 4], [5, NAN]]),
    "covariates[0]: missing": lambda: logistic(D, [NAN, 1, 2]),
    "covariates: shape (2, 1) where 3 rows": lambda: cox(T, D, [1, 2]),
    "covariates: not numbers": lambda: cox(T, D, ["F", "M", "F"]),
    "strata[0]: missing": lambda: cox(T, D, D, strata=[NAN, 1, 1]),
    "event: has 2 values where 3 are needed": lambda: kaplan_meier(T, [1, 0]),
    "time: no observations": lambda: kaplan_meier([], []),
    "time: must have one dimension, has 2": lambda: kaplan_meier([T], D),
    "names: 1 different names are needed": lambda: cox(T, D, D, names=["a", "b"]),
    "names: 2 different names are needed": lambda: cox(T, D, [[1, 2], [3, 4], [5, 7]], names=["a", "a"]),
    "times[0]: negative": lambda: kaplan_meier(T, D).at([-1]),
}


@pytest.mark.parametrize("message", REFUSED)
def test_the_fault_names_argument_and_row(message: str) -> None:
    with pytest.raises(InputError) as caught:
        REFUSED[message]()
    assert str(caught.value).startswith(message)


def test_argument_and_row_can_be_read_from_the_error() -> None:
    with pytest.raises(StatisticsError) as caught:
        kaplan_meier([1, NAN], [1, 0])
    assert (caught.value.argument, caught.value.row) == ("time", 1)
    assert isinstance(caught.value, ValueError)


def test_the_arguments_are_left_as_they_were() -> None:
    time, covariates = np.array([3.0, 1.0, 2.0, 5.0]), np.array([[1.0], [0.0], [1.0], [0.0]])
    before = time.copy(), covariates.copy()
    cox(time, [1, 1, 1, 1], covariates)
    assert np.array_equal(time, before[0])
    assert np.array_equal(covariates, before[1])
