"""Cumulative incidence under competing risks (Aalen-Johansen) with the variance of cmprsk."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.errors import NoEventsError
from analytics.stats.inputs import FloatArray, read_codes, read_level, read_times
from analytics.stats.results import normal_quantile
from analytics.stats.ties import collapse_ties


@dataclass(frozen=True, eq=False)
class IncidenceCurve:
    """A step function: one row a distinct time, whatever happened then; 0 before the first."""

    time: FloatArray
    estimate: FloatArray
    variance: FloatArray
    lower: FloatArray
    upper: FloatArray

    def at(self, times: ArrayLike) -> "IncidenceCurve":
        """The curve at the times asked for, in their order; NaN after the last observation. R: `timepoints`."""
        asked = read_times(times, "times")
        row = np.searchsorted(self.time, asked, side="right")

        def step(values: FloatArray) -> FloatArray:
            return np.where(asked > self.time[-1], np.nan, np.concatenate(([0.0], values))[row])

        return IncidenceCurve(asked, step(self.estimate), step(self.variance), step(self.lower), step(self.upper))


def cumulative_incidence(time: ArrayLike, status: ArrayLike, *, conf_level: float = 0.95) -> dict[int, IncidenceCurve]:
    """Incidence of each cause that occurs, the others competing. R: `cmprsk::cuminc(time, status)`.

    time: n times from 0; status: n whole numbers, 0 = censored, others = causes. Interval: estimate -/+ z times the
    standard error (linear), cut at 0 and 1. Times count as tied only where they are exactly equal, as in cmprsk.
    Estimator: Kalbfleisch and Prentice 2002, section 8.2.3; variance: Gray 1988 (Ann Stat 16: 1141-1154) as cmprsk
    computes it, with the correction for ties. Raises InputError; NoEventsError where everybody is censored.
    """
    times = read_times(time)
    codes = read_codes(status, "status", length=times.size)
    z = normal_quantile(read_level(conf_level))
    causes = np.unique(codes[codes != 0])
    if causes.size == 0:
        raise NoEventsError("everybody is censored", argument="status")
    tied = collapse_ties(times, exact=True)
    n_risk = tied.at_risk.astype(np.float64)
    sorted_codes = codes[tied.order]
    n_any = np.add.reduceat((sorted_codes != 0).astype(np.float64), tied.starts)
    curves = {}
    for cause in causes.tolist():
        n_cause = np.add.reduceat((sorted_codes == cause).astype(np.float64), tied.starts)
        estimate, variance = _one_cause(n_risk, n_any, n_cause)
        half_width = z * np.sqrt(variance)
        lower, upper = np.maximum(estimate - half_width, 0), np.minimum(estimate + half_width, 1)
        curves[cause] = IncidenceCurve(tied.time, estimate, variance, lower, upper)
    return curves


def _one_cause(n_risk: FloatArray, n_any: FloatArray, n_cause: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Incidence and its variance from the counts at each distinct time.

    With S the survival from any cause just after a time and F the incidence, a failure of variance u weighs
    (F / S) where it is of another cause and (1 + F / S) where it is of this one, and 1 / S in the terms that F(t)
    multiplies: var F(t) = sum a^2 u - 2 F(t) sum a b u + F(t)^2 sum b^2 u.
    """
    survival = np.cumprod((n_risk - n_any) / n_risk)
    before = np.concatenate(([1.0], survival[:-1]))
    estimate = np.cumsum(before * n_cause / n_risk)
    inverse = np.divide(1.0, survival, out=np.zeros_like(survival), where=survival > 0)
    own = _increment(n_cause, n_risk, before)
    other = np.where(survival > 0, _increment(n_any - n_cause, n_risk, before), 0.0)
    ratio = estimate * inverse
    square = np.cumsum(ratio**2 * other + (1 + ratio) ** 2 * own)
    cross = np.cumsum(inverse * (ratio * other + (1 + ratio) * own))
    tail = np.cumsum(inverse**2 * (other + own))
    variance = square + estimate**2 * tail - 2 * estimate * cross
    return estimate, np.maximum(_hold_between_events(variance, n_cause), 0)  # rounding may leave -1e-18


def _increment(failures: FloatArray, n_risk: FloatArray, before: FloatArray) -> FloatArray:
    """Variance of the share that fails at a time: sampling without replacement where several fail together."""
    several = failures > 1
    correction = 1 - np.divide(failures - 1, n_risk - 1, out=np.zeros_like(failures), where=several)
    variance: FloatArray = before**2 * correction * failures / n_risk**2
    return variance


def _hold_between_events(variance: FloatArray, n_cause: FloatArray) -> FloatArray:
    """The variance moves only where the cause occurs (in exact arithmetic it does so by itself)."""
    last_event = np.maximum.accumulate(np.where(n_cause > 0, np.arange(n_cause.size), -1))
    return np.where(last_event >= 0, variance[last_event], 0.0)
