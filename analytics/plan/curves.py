"""Numbers read from survival and incidence curves, and the curves as lines."""

import math
from dataclasses import replace
from typing import Final

import numpy as np

from analytics.cohort.data_set import Numbers
from analytics.plan.clock import in_days, in_months
from analytics.plan.results import Line, Number
from analytics.stats import IncidenceCurve, SurvivalCurve

CONFIDENCE: Final = "95% confidence interval"
LIMITS: Final = "95% control limits"


def finite(value: float) -> float | None:
    """None for what does not exist: a limit that is not reached."""
    return value if math.isfinite(value) else None


def median_time(curve: SurvivalCurve, about: Number) -> Number:
    """The median in months with the limits from the inverted band, added to what is known ``about`` it."""
    found = curve.quantile(0.5)
    return replace(
        about,
        value=finite(in_months(found.value)),
        lower=finite(in_months(found.lower)),
        upper=finite(in_months(found.upper)),
        interval=CONFIDENCE,
        unit="months",
        error="" if math.isfinite(found.value) else "not reached: the curve stays above 50%",
    )


def survival_at(curve: SurvivalCurve, months: float, about: Number) -> Number:
    """Survival in percent at a number of months."""
    point = curve.at([in_days(months)])
    return _percent(point.survival[0], point.lower[0], point.upper[0], months=months, about=about)


def incidence_at(curve: IncidenceCurve | None, months: float, about: Number) -> Number:
    """Cumulative incidence in percent at a number of months; without a curve there was no such event."""
    if curve is None:
        return replace(about, error="no such event in the data set")
    point = curve.at([in_days(months)])
    return _percent(point.estimate[0], point.lower[0], point.upper[0], months=months, about=about)


def _percent(estimate: float, lower: float, upper: float, *, months: float, about: Number) -> Number:
    known = math.isfinite(estimate)
    return replace(
        about,
        value=100 * float(estimate) if known else None,
        lower=finite(100 * float(lower)),
        upper=finite(100 * float(upper)),
        interval=CONFIDENCE,
        unit="%",
        error="" if known else f"follow-up ends before {months:g} months",
    )


def survival_line(label: str, events: str, curve: SurvivalCurve, *, n: int, n_events: int) -> Line:
    """A Kaplan-Meier curve as a line that starts at 1."""
    return Line(
        label=label,
        events=events,
        n=n,
        n_events=n_events,
        start=1.0,
        time=curve.time,
        n_risk=curve.n_risk,
        n_event=curve.n_event,
        n_censor=curve.n_censor,
        estimate=curve.survival,
        lower=curve.lower,
        upper=curve.upper,
    )


def incidence_line(
    label: str, events: str, curve: IncidenceCurve, *, time: Numbers, status: Numbers, cause: int
) -> Line:
    """The incidence of one cause as a line that starts at 0, with the counts at each day."""
    days, counts = np.unique(time, return_counts=True)
    return Line(
        label=label,
        events=events,
        n=time.size,
        n_events=int((status == cause).sum()),
        start=0.0,
        time=days,
        n_risk=time.size - np.concatenate(([0], np.cumsum(counts)[:-1])),
        n_event=_per_day(time[status == cause], days),
        n_censor=_per_day(time[status == 0], days),
        estimate=curve.at(days).estimate,
        lower=curve.at(days).lower,
        upper=curve.at(days).upper,
    )


def _per_day(times: Numbers, days: Numbers) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.bincount(np.searchsorted(days, times), minlength=days.size)
