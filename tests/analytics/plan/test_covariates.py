import numpy as np
import pytest

from analytics.plan.covariates import Covariate, at_least, at_most, complete_cases, indicator

UNKNOWN = np.nan


def test_a_limit_belongs_to_the_group_it_names() -> None:
    np.testing.assert_array_equal(at_most(np.array([49, 50, 51, UNKNOWN]), 50), [1, 1, 0, UNKNOWN])
    np.testing.assert_array_equal(at_least(np.array([59, 60, 61, UNKNOWN]), 60), [0, 1, 1, UNKNOWN])


def test_an_empty_code_is_unknown_and_not_the_other_group() -> None:
    np.testing.assert_array_equal(indicator(np.array(["cr", "pr", ""]), "cr"), [1, 0, UNKNOWN])


def test_complete_cases_name_the_first_covariate_that_is_not_known() -> None:
    first = Covariate("first", np.array([1, 0, UNKNOWN, UNKNOWN, 1]))
    second = Covariate("second", np.array([1, UNKNOWN, 1, UNKNOWN, 0]))
    complete, reasons = complete_cases((first, second))
    np.testing.assert_array_equal(complete, [True, False, False, False, True])
    assert reasons == {"not known: first": 2, "not known: second": 1}


@pytest.mark.parametrize(("values", "expected"), [([0, 1, UNKNOWN], True), ([0, 1, 2], False), ([44.0, 61.0], False)])
def test_only_a_covariate_of_0_and_1_has_groups(values: list[float], expected: bool) -> None:
    assert Covariate("some", np.array(values)).is_binary is expected
