"""Fisher's exact test."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from analytics.stats.errors import InputError
from analytics.stats.fisher_tables import probability_up_to
from analytics.stats.inputs import FloatArray, IntArray, read_codes
from analytics.stats.results import Estimate, TestResult

# Tables whose probability exceeds the observed one by less than this share count as equally probable, as in R.
SAME_PROBABILITY = 1e-7
TAIL = 0.025  # of 95% limits


@dataclass(frozen=True, eq=False)
class FisherTest(TestResult):
    """`statistic` is the probability of the table given its margins; the odds ratio is that of a 2 x 2 table."""

    odds_ratio: Estimate | None = None


def fisher_exact(table: ArrayLike) -> FisherTest:
    """Exact two-sided test of a table of r x c counts, r and c from 2. R: `fisher.test(table)`.

    P is the probability, given the margins, of all tables that are at most as probable as this one (Fisher 1935;
    Freeman and Halton 1951, Biometrika 38: 141-149). Of a 2 x 2 table also the conditional maximum likelihood estimate
    of the odds ratio with its exact 95% interval, from the non-central hypergeometric distribution (Cornfield 1956).
    Raises InputError; TooLargeError where a larger table has too many with its margins.
    """
    counts = _read_table(table)
    if counts.shape == (2, 2):
        return _fourfold(counts)
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    rows, columns = rows[rows > 0], columns[columns > 0]
    weight = -float(special.gammaln(counts + 1.0).sum())
    margins = special.gammaln(np.concatenate((rows, columns)) + 1.0).sum() - special.gammaln(counts.sum() + 1.0)
    if rows.size > columns.size:
        rows, columns = columns, rows
    p_value = probability_up_to(weight + SAME_PROBABILITY, rows, np.sort(columns)[::-1])
    return FisherTest(float(np.exp(weight + margins)), None, min(1.0, p_value))


def _read_table(table: ArrayLike) -> IntArray:
    counts = np.asarray(table)
    if counts.ndim != 2 or min(counts.shape) < 2:
        raise InputError(f"shape {counts.shape} where two rows and two columns are needed", argument="table")
    whole = read_codes(counts.ravel(), "table", length=counts.size).reshape(counts.shape)
    if not whole.any():
        raise InputError("no observations", argument="table")
    return whole


def _fourfold(counts: IntArray) -> FisherTest:
    (a, b), (c, d) = counts.tolist()
    lowest, highest = max(0, a - d), min(a + b, a + c)
    values = np.arange(lowest, highest + 1, dtype=np.float64)
    weights = _log_weights(values, a + b, a + c, a + b + c + d)
    probability = _normalise(weights)
    observed = probability[a - lowest]
    p_value = float(probability[probability <= observed * (1 + SAME_PROBABILITY)].sum())
    odds_ratio = _odds_ratio(a, values, weights)
    return FisherTest(float(observed), None, min(1.0, p_value), odds_ratio=odds_ratio)


def _log_weights(values: FloatArray, row: int, column: int, n: int) -> FloatArray:
    """Logarithms of the hypergeometric probabilities but for a constant, from the ratio of each to the one before."""
    x = values[1:]
    ratio = (row - x + 1) * (column - x + 1) / (x * (n - row - column + x))
    weights: FloatArray = np.concatenate(([0.0], np.cumsum(np.log(ratio))))
    return weights


def _normalise(log_weights: FloatArray) -> FloatArray:
    weights: FloatArray = np.exp(log_weights - log_weights.max())
    weights /= weights.sum()
    return weights


def _odds_ratio(observed: int, values: FloatArray, weights: FloatArray) -> Estimate:
    """0 or infinite where the cell has its smallest or largest value; the limits are where a tail becomes TAIL."""

    def probability(log_ratio: float) -> FloatArray:
        return _normalise(weights + log_ratio * values)

    smallest, largest = observed == values[0], observed == values[-1]
    place = int(observed - values[0])
    estimate = 0.0 if smallest else np.inf if largest else _solve(lambda b: float(probability(b) @ values) - observed)
    lower = 0.0 if smallest else _solve(lambda b: probability(b)[place:].sum() - TAIL)
    upper = np.inf if largest else _solve(lambda b: TAIL - probability(b)[: place + 1].sum())
    return Estimate(estimate, lower, upper)


def _solve(rising: Callable[[float], float]) -> float:
    """exp of the root of a function that rises from below 0 to above it."""
    reach = 1.0
    while rising(-reach) > 0 or rising(reach) < 0:
        reach *= 2
    return float(np.exp(optimize.brentq(rising, -reach, reach, xtol=1e-13, rtol=1e-14)))
