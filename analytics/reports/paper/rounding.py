"""Printed digits: what they can stand for, and what they imply of each other."""

import math
from decimal import ROUND_HALF_UP, Decimal

from scipy.stats import norm

Range = tuple[float, float]

Z = 1.959963984540054  # of a 95% interval


def agrees(printed: str, computed: float | None) -> bool:
    """Rounded half up to the printed decimals."""
    return computed is not None and as_printed(printed, computed) == Decimal(printed)


def as_printed(printed: str, computed: float) -> Decimal:
    """A number with as many decimals as another one is printed with."""
    return Decimal(repr(float(computed))).quantize(Decimal(printed), ROUND_HALF_UP)


def stands_for(printed: str) -> Range:
    """The numbers that round to the printed digits."""
    number = Decimal(printed)
    half = Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2
    return float(number - half), float(number + half)


def middle(lower: float, upper: float, *, is_log: bool) -> float:
    """The estimate in the middle of an interval."""
    return math.sqrt(lower * upper) if is_log else (lower + upper) / 2


def opposite(estimate: float, limit: float, *, is_log: bool) -> float:
    """The other limit of an interval around an estimate."""
    return estimate * estimate / limit if is_log else 2 * estimate - limit


def wald_p(ratio: float, lower: float, upper: float) -> float:
    """The P value of a ratio with its interval."""
    std_error = (math.log(upper) - math.log(lower)) / (2 * Z)
    return float(2 * norm.sf(abs(math.log(ratio)) / std_error))
