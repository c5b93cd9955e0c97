"""Results that several estimators share."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from analytics.stats.inputs import FloatArray


@dataclass(frozen=True)
class Estimate:
    """A number with its confidence limits; NaN where it does not exist (a median not reached)."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, eq=False)
class TestResult:
    """A test against chi-square with `df` degrees of freedom, None where the test has another distribution.

    `observed` and `expected` are events of each group, where the test compares groups by them.
    """

    __test__ = False  # not a test class, whatever pytest makes of the name

    statistic: float
    df: int | None
    p_value: float
    observed: FloatArray | None = None
    expected: FloatArray | None = None


def chi_square_test(statistic: float, df: int) -> TestResult:
    """The upper tail of chi-square, as `pchisq(statistic, df, lower.tail = FALSE)`."""
    return TestResult(float(statistic), df, float(special.chdtrc(df, statistic)))


def exponential(values: FloatArray) -> FloatArray:
    """exp; infinite where it is beyond the range of numbers, as of a covariate in far too large a unit."""
    with np.errstate(over="ignore"):
        return np.exp(values)


def normal_quantile(conf_level: float) -> float:
    """1.96 for 0.95, as `qnorm(1 - (1 - conf_level) / 2)`."""
    return float(special.ndtri(1 - (1 - conf_level) / 2))
