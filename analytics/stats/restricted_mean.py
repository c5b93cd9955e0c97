"""Restricted mean survival time: the area under a survival curve up to a chosen time."""

import numpy as np

from analytics.stats.errors import InputError
from analytics.stats.results import Estimate, normal_quantile
from analytics.stats.survival import SurvivalCurve


def restricted_mean(curve: SurvivalCurve, tau: float) -> Estimate:
    """Mean time up to `tau` with its 95% interval, +/- 1.96 standard errors. R: `print(survfit(...), rmean = tau)`.

    tau: in the unit of the curve. After the last observation the curve is taken as flat, as R does: choose `tau` within
    follow-up. With A(t) the area under S from t to tau, the variance is the sum over the event times up to tau of
    A(t)^2 d / (n (n - d)) (Klein and Moeschberger 2003, equation 4.5.2); a time at which all at risk fail adds nothing.
    Raises InputError where tau is not a positive number.
    """
    if not 0 < tau < np.inf:
        raise InputError(f"{tau} is not a positive number", argument="tau")
    inside = curve.time <= tau
    n_risk, n_event = curve.n_risk[inside].astype(np.float64), curve.n_event[inside]
    steps = np.concatenate(([0.0], curve.time[inside], [tau]))
    rectangles = np.diff(steps) * np.concatenate(([1.0], curve.survival[inside]))
    area_after = np.cumsum(rectangles[:0:-1])[::-1]
    survivors = n_risk - n_event
    hazard_variance = np.divide(n_event, n_risk * survivors, out=np.zeros_like(n_risk), where=survivors > 0)
    mean = float(rectangles.sum())
    half_width = normal_quantile(0.95) * float(np.sqrt(np.sum(area_after**2 * hazard_variance)))
    return Estimate(mean, mean - half_width, mean + half_width)
