"""Description of one variable: here, and only here, a missing value (NaN or None) is counted and set aside."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.errors import InputError
from analytics.stats.inputs import FloatArray

Values = ArrayLike | Sequence[float | None]


@dataclass(frozen=True)
class Description:
    """Of the `n` known values; all NaN where none is known."""

    n: int
    missing: int
    median: float
    lower_quartile: float
    upper_quartile: float
    minimum: float
    maximum: float


@dataclass(frozen=True)
class Count:
    """`n` of the `denominator` known values are true; the percentage is NaN where none is known."""

    n: int
    percent: float
    denominator: int
    missing: int


def describe(values: Values) -> Description:
    """Median, quartiles and range. R: `quantile(values, type = 7, na.rm = TRUE)`.

    values: any number of values in any unit, NaN or None where not known. Hyndman and Fan 1996 (Am Stat 50: 361-365),
    definition 7. Raises InputError.
    """
    known, missing = _split(values)
    if known.size == 0:
        return Description(0, missing, *[float("nan")] * 5)
    minimum, lower, median, upper, maximum = np.quantile(known, [0, 0.25, 0.5, 0.75, 1]).tolist()
    return Description(known.size, missing, median, lower, upper, minimum, maximum)


def count(values: Values) -> Count:
    """How many of the known values are true. R: `sum(values, na.rm = TRUE)`, `mean(values, na.rm = TRUE)`.

    values: any number of values 0/1 or bool, NaN or None where not known. Raises InputError.
    """
    known, missing = _split(values)
    if not np.isin(known, (0, 1)).all():
        raise InputError("neither 0 nor 1", argument="values", row=_first_row_outside(values))
    n = int(known.sum())
    return Count(n, 100 * n / known.size if known.size else float("nan"), known.size, missing)


def _split(values: Values) -> tuple[FloatArray, int]:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError("not numbers", argument="values") from error
    if numbers.ndim != 1:
        raise InputError(f"must have one dimension, has {numbers.ndim}", argument="values")
    if np.isinf(numbers).any():
        raise InputError("not finite", argument="values", row=int(np.argmax(np.isinf(numbers))))
    known = numbers[~np.isnan(numbers)]
    return known, numbers.size - known.size


def _first_row_outside(values: Values) -> int:
    numbers = np.asarray(values, dtype=np.float64)
    return int(np.argmax((numbers != 0) & (numbers != 1) & ~np.isnan(numbers)))
