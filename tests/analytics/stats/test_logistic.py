import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats import CollinearError, NoEventsError, SeparationError, logistic
from tests.analytics.stats.small_data import EVENT, X


def by_table(a: int, b: int, c: int, d: int) -> tuple[list[int], list[int]]:
    """Outcome and exposure of a fourfold table: exposed with and without the outcome, then unexposed."""
    return [1] * a + [0] * b + [1] * c + [0] * d, [1] * (a + b) + [0] * (c + d)


def test_the_odds_ratio_and_its_wald_interval_are_those_of_r() -> None:
    model = logistic(EVENT, X)
    assert model.odds_ratio == pytest.approx([5], rel=1e-9)
    assert model.lower == pytest.approx([0.343563720520295], rel=1e-9)
    assert model.upper == pytest.approx([72.766705291641060], rel=1e-9)
    assert np.exp(model.intercept) == pytest.approx(1, rel=1e-9)


@given(*[st.integers(1, 60)] * 4)
def test_of_a_fourfold_table_it_is_the_cross_ratio_with_woolfs_interval(a: int, b: int, c: int, d: int) -> None:
    model = logistic(*by_table(a, b, c, d))
    assert model.odds_ratio == pytest.approx([a * d / (b * c)], rel=1e-7)
    assert model.std_error == pytest.approx([np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)], rel=1e-7)


@pytest.mark.parametrize("empty", [(0,), (1,), (2,), (3,), (0, 3), (1, 2)])
@given(cells=st.lists(st.integers(1, 30), min_size=4, max_size=4))
def test_an_empty_cell_is_separation(empty: tuple[int, ...], cells: list[int]) -> None:
    a, b, c, d = (0 if cell in empty else size for cell, size in enumerate(cells))
    with pytest.raises(SeparationError, match="x1"):
        logistic(*by_table(a, b, c, d))


def test_perfect_prediction_by_a_continuous_covariate_is_separation() -> None:
    with pytest.raises(SeparationError, match="ldh"):
        logistic([0, 0, 0, 1, 1, 1], [[100, 1], [150, 0], [200, 1], [300, 0], [310, 1], [900, 0]], names=["ldh", "x"])


def test_the_same_outcome_in_every_row_is_refused() -> None:
    for outcome in (np.zeros(12), np.ones(12)):
        with pytest.raises(NoEventsError, match="the outcome is the same in every row"):
            logistic(outcome, X)


def test_a_constant_covariate_is_named() -> None:
    with pytest.raises(CollinearError, match="mac has the same value"):
        logistic(EVENT, np.ones(12), names=["mac"])


def test_complementary_covariates_are_named() -> None:
    with pytest.raises(CollinearError, match="mac, ric determine each other"):
        logistic(EVENT, np.column_stack([X, 1 - np.array(X)]), names=["mac", "ric"])
