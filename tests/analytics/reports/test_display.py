from typing import Any

import pytest

from analytics.reports import display


@pytest.mark.parametrize(
    ("value", "printed"),
    [(11.2361, "11.2"), (7.5893, "7.59"), (37.092, "37.1"), (123.6, "124"), (0.5, "0.50")],
)
def test_months_have_three_significant_digits(value: float, printed: str) -> None:
    assert display.months(value) == printed


@pytest.mark.parametrize(
    ("count", "of", "printed"),
    [(17, 58, "17 (29%)"), (1, 8, "1 (13%)"), (44, 49, "44 (90%)"), (0, 5, "0 (0%)"), (0, 0, "0")],
)
def test_percentages_are_rounded_half_up(count: int, of: int, printed: str) -> None:
    assert display.share(count, of) == printed


@pytest.mark.parametrize(
    ("p", "printed"),
    [(0.0559, "0.056"), (0.1273, "0.127"), (0.98, "0.98"), (0.04958, "0.050"), (0.0004, "<0.001"), (0.030194, "0.030")],
)
def test_p_values(p: float, printed: str) -> None:
    assert display.p_value(p) == printed


@pytest.mark.parametrize(("value", "printed"), [(104.5, "104.5"), (327.0, "327"), (3665.0, "3,665"), (5.9, "5.9")])
def test_measured_values_have_a_decimal_where_there_is_one(value: float, printed: str) -> None:
    assert display.measured(value) == printed


def number(**known: Any) -> dict[str, Any]:
    return {
        "value": None,
        "unit": "patients",
        "n": 58,
        "error": "",
        "interval": "",
        "lower": None,
        "upper": None,
        "parts": [],
        "df": None,
    } | known


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ({"value": 20}, "20 (34%)"),
        ({"value": 36.746, "unit": "%"}, "36.7%"),
        ({"value": 7.589, "unit": "months"}, "7.59 months"),
        ({"value": 3.9273, "unit": "odds ratio"}, "OR 3.93"),
        ({"value": 0.54375, "unit": "hazard ratio"}, "HR 0.544"),
        ({"value": 61.0, "unit": "days"}, "61 days"),
        ({"value": 3.2541, "unit": "chi-square", "df": 2}, "chi-square 3.25, df 2"),
        ({"value": 0.8268, "unit": "subdistribution hazard ratio"}, "sHR 0.827"),
        ({"value": [62, 126], "parts": ["HCT", "death"], "unit": "days"}, "HCT 62; death 126"),
        ({"error": "no known value"}, "no known value"),
        ({}, "–"),
    ],
)
def test_a_value_carries_its_unit_or_the_reason_why_there_is_none(known: dict[str, Any], printed: str) -> None:
    assert display.value_of(number(**known)) == printed


def test_a_limit_that_does_not_exist_is_named() -> None:
    known = number(value=11.2, unit="months", interval="95% confidence interval", lower=7.589)
    assert display.interval_of(known) == "7.59 to not reached"
    assert display.interval_of(number(value=20)) == ""


def test_a_median_that_is_not_reached_keeps_its_lower_limit() -> None:
    known = number(unit="months", interval="95% confidence interval", lower=25.49, error="not reached")
    assert display.interval_of(known) == "25.5 to not reached"
    assert display.interval_of(number(unit="months", interval="95% confidence interval", error="not reached")) == ""
