"""Kaplan-Meier estimator of survival with Greenwood's variance."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.errors import InputError
from analytics.stats.inputs import FloatArray, IntArray, read_indicator, read_level, read_times
from analytics.stats.results import Estimate, normal_quantile
from analytics.stats.ties import SAME_TIME, collapse_ties

ConfidenceType = Literal["log", "log-log", "plain"]


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """A step function: one row a distinct time, events and censorings alike; S(t) = 1 before the first.

    `n_risk` counts those at risk just before the time. `std_error` is that of the survival itself, as
    `summary(survfit(...))` prints it. At survival 0 the standard error and the limits do not exist (NaN).
    """

    time: FloatArray
    n_risk: IntArray
    n_event: IntArray
    n_censor: IntArray
    survival: FloatArray
    std_error: FloatArray
    lower: FloatArray
    upper: FloatArray

    def at(self, times: ArrayLike) -> "SurvivalCurve":
        """The curve at the times asked for, in their order, as `summary(fit, times = )`.

        Events and censorings are counted from time 0 up to and including each time. After the last observation the
        estimate is NaN, unless survival has reached 0 (R leaves such rows out).
        """
        asked = read_times(times, "times")
        row = np.searchsorted(self.time, asked, side="right")
        unknown = (asked > self.time[-1]) & (self.survival[-1] > 0)

        def step(values: FloatArray, start: float) -> FloatArray:
            return np.where(unknown, np.nan, np.concatenate(([start], values))[row])

        return SurvivalCurve(
            time=asked,
            n_risk=np.append(self.n_risk, 0)[np.searchsorted(self.time, asked, side="left")],
            n_event=np.concatenate(([0], np.cumsum(self.n_event)))[row],
            n_censor=np.concatenate(([0], np.cumsum(self.n_censor)))[row],
            survival=step(self.survival, 1.0),
            std_error=step(self.std_error, 0.0),
            lower=step(self.lower, 1.0),
            upper=step(self.upper, 1.0),
        )

    def quantile(self, p: float = 0.5) -> Estimate:
        """The time by which a share `p` has had the event, with limits by inversion of the band.

        `quantile(survfit(...), p)`: where the curve is flat at exactly 1 - p, the midpoint of the flat part. NaN where
        the curve, or its limit, does not come down to 1 - p. (Brookmeyer and Crowley 1982, Biometrics 38: 29-41.)
        """
        if not 0 < p < 1:
            raise InputError(f"{p} is not between 0 and 1", argument="p")
        value, lower, upper = (_crossing(self.time, 1 - s, p) for s in (self.survival, self.lower, self.upper))
        return Estimate(value, lower, upper)


def kaplan_meier(
    time: ArrayLike, event: ArrayLike, *, conf_level: float = 0.95, conf_type: ConfidenceType = "log"
) -> SurvivalCurve:
    """Survival of one sample. R: `survfit(Surv(time, event) ~ 1, conf.int = conf_level, conf.type = conf_type)`.

    time: n times from 0, in any unit; event: n values 0/1. Those censored at a time of events count as at risk.
    Kaplan and Meier 1958 (JASA 53: 457-481); variance: Greenwood 1926; intervals on the scale of S ("plain"), log S
    ("log", R's default) or log(-log S) ("log-log"): Kalbfleisch and Prentice 2002, section 1.4.
    Raises InputError.
    """
    times = read_times(time)
    events = read_indicator(event, "event", length=times.size)
    z = normal_quantile(read_level(conf_level))
    if conf_type not in get_args(ConfidenceType):
        raise InputError(f"{conf_type!r} is none of log, log-log, plain", argument="conf_type")
    tied = collapse_ties(times)
    n_risk = tied.at_risk
    n_event = np.add.reduceat(events[tied.order].astype(np.int64), tied.starts)
    survival: FloatArray = np.cumprod((n_risk - n_event) / n_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard_variance = np.cumsum(n_event / (n_risk.astype(np.float64) * (n_risk - n_event)), dtype=np.float64)
        log_std_error: FloatArray = np.sqrt(hazard_variance)
        std_error = survival * log_std_error
        lower, upper = _band(survival, log_std_error, z, conf_type)
    return SurvivalCurve(tied.time, n_risk, n_event, tied.sizes - n_event, survival, std_error, lower, upper)


def reverse_kaplan_meier(time: ArrayLike, event: ArrayLike) -> SurvivalCurve:
    """Follow-up: censoring taken as the event; its median is the potential follow-up. R: `survfit(Surv(t, 1 - d) ~ 1)`.

    Arguments and errors as `kaplan_meier`. Schemper and Smith 1996 (Control Clin Trials 17: 343-346).
    """
    times = read_times(time)
    return kaplan_meier(times, ~read_indicator(event, "event", length=times.size))


def _band(
    survival: FloatArray, log_std_error: FloatArray, z: float, conf_type: ConfidenceType
) -> tuple[FloatArray, FloatArray]:
    if conf_type == "plain":
        half_width = z * survival * log_std_error
        return np.maximum(survival - half_width, 0), np.minimum(survival + half_width, 1)
    if conf_type == "log":
        positive = np.where(survival > 0, survival, np.nan)
        factor = np.exp(z * log_std_error)
        return positive / factor, np.minimum(positive * factor, 1)
    inside = np.where((survival > 0) & (survival < 1), survival, np.nan)
    factor = np.exp(z * log_std_error / np.log(inside))
    return inside ** (1 / factor), inside**factor


def _crossing(time: FloatArray, fallen: FloatArray, p: float) -> float:
    """Where the step function `fallen` (0 at time 0) reaches p; R's rule, also for a band that is not monotone."""
    if np.fmax.reduce(fallen, initial=0.0) < p:
        return float("nan")
    levels, first = np.unique(np.concatenate(([0.0], fallen)), return_index=True)
    points = np.concatenate(([0.0], time))[first]
    known = ~np.isnan(levels)
    levels, points, last_first = levels[known], points[known], first.max()
    begin = points[np.searchsorted(levels + SAME_TIME, p)]
    last_level = np.concatenate(([0.0], fallen))[last_first]
    if abs(p - last_level) < SAME_TIME:
        return float((begin + time[-1]) / 2)
    end = np.searchsorted(levels - SAME_TIME, p)
    return float((begin + points[end]) / 2) if end < levels.size else float("nan")
