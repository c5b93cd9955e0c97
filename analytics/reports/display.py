"""How numbers are printed (D45): the only place that rounds."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from analytics.reports.text import Text, joined

NOT_REACHED = "not reached"
SIGNIFICANT_DIGITS = 3
SMALLEST_OF_ONE_DECIMAL = 0.1

RATIO_DECIMALS = {"odds ratio": 2, "hazard ratio": 3, "subdistribution hazard ratio": 3}
RATIO_NAMES = {"odds ratio": "OR", "hazard ratio": "HR", "subdistribution hazard ratio": "sHR"}
NOTHING = "–"  # a test that has a P value and no statistic


def fixed(value: float, decimals: int) -> str:
    """Rounded half up to a number of decimals."""
    return f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,f}"


def months(value: float) -> str:
    """Three significant digits: 7.59, 37.1, 124."""
    before_point = len(str(int(abs(value))))
    return fixed(value, max(0, SIGNIFICANT_DIGITS - before_point))


def measured(value: float) -> str:
    """One decimal where there is one: 104.5, 327; what one decimal would hide is printed as it is: 0.0001."""
    if 0 < abs(value) < SMALLEST_OF_ONE_DECIMAL:
        return f"{Decimal(repr(value)):f}"
    return fixed(value, 1).removesuffix(".0")


def share(count: int | str, denominator: int | str) -> str:
    """20 (34%); without a denominator the count alone; a count that is not shown is told by its words, as <5."""
    if isinstance(count, str):
        return count
    if isinstance(denominator, str):
        return Text(count)
    return Text(count, f" ({percentage(count, denominator)})" if denominator else "")


def percentage(count: int, denominator: int) -> str:
    """34%."""
    return f"{fixed(100 * count / denominator, 0)}%"


def frequency(counted: Mapping[str, Any]) -> str:
    """6/23: events among patients."""
    return Text(counted["events"], "/", counted["n"])


def p_value(p: float) -> str:
    """Three decimals below 0.2, else two."""
    if p < 0.001:
        return "<0.001"
    return fixed(p, 3 if p < 0.2 else 2)


def amount(value: float, unit: str) -> str:
    """A value of a unit other than patients."""
    if unit in RATIO_DECIMALS:
        return fixed(value, RATIO_DECIMALS[unit])
    if unit == "months":
        return months(value)
    return fixed(value, 1) if unit == "%" else measured(value)


def value_of(number: Mapping[str, Any]) -> str:
    """The value with its unit, or the reason why there is none."""
    value, unit = number["value"], number["unit"]
    if number["error"] or value is None:
        return str(number["error"] or NOTHING)
    if isinstance(value, str):
        return value  # not shown: its words
    if number["parts"]:
        return joined("; ", (Text(f"{name} ", part) for name, part in zip(number["parts"], value, strict=True)))
    if unit == "patients":
        return share(value, number["n"])
    if unit == "%":
        return amount(value, unit) + "%"
    if unit in RATIO_NAMES:
        return f"{RATIO_NAMES[unit]} {amount(value, unit)}"
    if unit == "chi-square":
        return f"chi-square {fixed(value, 2)}, df {number['df']}"
    return f"{amount(value, unit)} {unit}"


def interval_of(number: Mapping[str, Any]) -> str:
    """Limits as printed, empty where a number has none; a limit that does not exist is named.

    A median that is not reached may have a lower limit: it is printed, as it is all that is known of the median.
    """
    limits: Sequence[float | None] = (number["lower"], number["upper"])
    if not number["interval"] or (number["value"] is None and limits == (None, None)):
        return ""
    lower, upper = (NOT_REACHED if limit is None else amount(limit, number["unit"]) for limit in limits)
    return f"{lower} to {upper}"
