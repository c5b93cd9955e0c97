"""Log-rank test and its weighted relatives."""

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.errors import InputError, NoEventsError
from analytics.stats.group_counts import GroupCounts, count_by_group, read_groups, score_test
from analytics.stats.inputs import FloatArray, read_indicator, read_times
from analytics.stats.results import TestResult


def log_rank(
    time: ArrayLike, event: ArrayLike, group: ArrayLike, *, strata: ArrayLike | None = None, rho: float = 0.0
) -> TestResult:
    """Compare survival between groups. R: `survdiff(Surv(time, event) ~ group + strata(strata), rho = rho)`.

    time: n times from 0; event: n values 0/1; group, strata: n whole numbers from 0. `rho` weighs the events by
    S(t-)^rho, S the survival of all groups of the stratum: 0 is the log-rank test (Mantel 1966, Cancer Chemother Rep
    50: 163-170), 1 the Peto and Peto modification of the Gehan-Wilcoxon test (Harrington and Fleming 1982, Biometrika
    69: 553-566). `observed` and `expected` are weighted alike, one value a group in ascending order of its code, summed
    over the strata. A group that is never at risk at an event plays no part and costs its degree of freedom.
    Raises InputError; NoEventsError where there is no event, or one group only at risk at events; CollinearError where
    the scores of the groups determine each other.
    """
    times = read_times(time)
    events = read_indicator(event, "event", length=times.size)
    groups = read_groups(group, "group", length=times.size)
    if not np.isfinite(rho):
        raise InputError(f"{rho} is not finite", argument="rho")
    if not events.any():
        raise NoEventsError("no events", argument="event")
    n_groups = int(groups.max()) + 1
    observed, expected, variance = np.zeros(n_groups), np.zeros(n_groups), np.zeros((n_groups, n_groups))
    for stratum in count_by_group(times, events.astype(np.int64), groups, strata=strata, exact=False):
        scores = _scores(stratum, rho)
        observed += scores[0]
        expected += scores[1]
        variance += scores[2]
    return _test(observed, expected, variance)


def _scores(stratum: GroupCounts, rho: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Observed and expected events of each group of a stratum, and the covariance matrix of the former."""
    with_event = stratum.failures[0].any(axis=1)
    n_event, n_risk = stratum.failures[0][with_event], stratum.n_risk[with_event]
    deaths, at_risk = n_event.sum(axis=1), n_risk.sum(axis=1)
    survival = np.cumprod(1 - deaths / at_risk)
    weight = np.concatenate(([1.0], survival))[:-1] ** rho
    share = n_risk / at_risk[:, np.newaxis]
    survivors = np.divide(at_risk - deaths, at_risk - 1, out=np.zeros_like(deaths), where=at_risk > 1)
    spread = weight**2 * deaths * survivors
    weighted = share * spread[:, np.newaxis]
    covariance = np.diag(weighted.sum(axis=0)) - weighted.T @ share
    return weight @ n_event, (weight * deaths) @ share, covariance


def _test(observed: FloatArray, expected: FloatArray, variance: FloatArray) -> TestResult:
    compared = np.flatnonzero(expected > 0)[1:]
    if compared.size == 0:
        raise NoEventsError("no event at which two groups are at risk", argument="group")
    test = score_test((observed - expected)[compared], variance[np.ix_(compared, compared)])
    return TestResult(test.statistic, test.df, test.p_value, observed, expected)
