"""Gray's test between the cumulative incidences of groups."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.errors import InputError, NoEventsError
from analytics.stats.group_counts import GroupCounts, count_by_group, read_groups, score_test
from analytics.stats.inputs import FloatArray, read_codes, read_times
from analytics.stats.results import TestResult


def gray_test(
    time: ArrayLike,
    status: ArrayLike,
    group: ArrayLike,
    *,
    cause: int = 1,
    strata: ArrayLike | None = None,
    rho: float = 0.0,
) -> TestResult:
    """Compare the incidence of `cause` between groups. R: `cmprsk::cuminc(time, status, group, strata, rho)$Tests`.

    time: n times from 0; status: n whole numbers, 0 = censored, others = causes; group, strata: n whole numbers from 0.
    `rho` weighs the events by (1 - F(t-))^rho, F the incidence of all groups together. Times count as tied only where
    they are exactly equal, as in cmprsk. Gray 1988 (Ann Stat 16: 1141-1154), with the correction of the variance for
    ties that cmprsk makes. Raises InputError; NoEventsError where the cause does not occur; CollinearError where the
    scores of the groups determine each other, as of a group that is never at risk at an event (R: statistic -1).
    """
    times = read_times(time)
    codes = read_codes(status, "status", length=times.size)
    groups = read_groups(group, "group", length=times.size)
    if not np.isfinite(rho):
        raise InputError(f"{rho} is not finite", argument="rho")
    if cause == 0 or not (codes == cause).any():
        raise NoEventsError(f"no event of cause {cause}", argument="status")
    code = np.where(codes == 0, 0, np.where(codes == cause, 1, 2))
    n_groups = int(groups.max()) + 1
    score, variance = np.zeros(n_groups), np.zeros((n_groups, n_groups))
    for stratum in count_by_group(times, code, groups, strata=strata, exact=True):
        with np.errstate(divide="ignore", invalid="ignore"):  # the incidence of all groups may pass 1: no test then
            part = _scores(_estimate(stratum), rho)
        score += part[0]
        variance += part[1]
    return score_test(score[:-1], variance[:-1, :-1])


@dataclass(frozen=True, eq=False)
class _Estimates:
    """At each time with a failure, by group: counts, survival from any cause and incidence before and after."""

    n_risk: FloatArray
    n_cause: FloatArray
    n_other: FloatArray
    survival_before: FloatArray
    survival: FloatArray
    incidence_before: FloatArray


def _estimate(stratum: GroupCounts) -> _Estimates:
    n_cause = stratum.failures[0]
    n_other = stratum.failures[1] if len(stratum.failures) > 1 else np.zeros_like(n_cause)
    failing = (n_cause + n_other).any(axis=1)
    n_risk, n_cause, n_other = stratum.n_risk[failing], n_cause[failing], n_other[failing]
    present = n_risk > 0
    share = np.divide(n_risk - n_cause - n_other, n_risk, out=np.ones_like(n_risk), where=present)
    survival: FloatArray = np.cumprod(share, axis=0, dtype=np.float64)
    before = _shift(survival, 1.0)
    step = np.divide(before * n_cause, n_risk, out=np.zeros_like(n_risk), where=present)
    incidence: FloatArray = np.cumsum(step, axis=0, dtype=np.float64)
    return _Estimates(n_risk, n_cause, n_other, before, survival, _shift(incidence, 0.0))


def _scores(e: _Estimates, rho: float) -> tuple[FloatArray, FloatArray]:
    """Score of each group in a stratum and their covariance matrix, the sum of the variances that each group brings."""
    size = np.divide(e.n_risk, e.survival_before, out=np.zeros_like(e.n_risk), where=e.n_risk > 0)
    total = size.sum(axis=1)
    deaths = e.n_cause.sum(axis=1)
    incidence: FloatArray = np.cumsum(deaths / total, dtype=np.float64)
    before = _shift(incidence, 0.0)
    # Where a single group is left its later failures change no score, although all may have failed before by then.
    compared = (e.n_risk > 0).sum(axis=1) > 1
    weight = np.where(compared, (1 - before) ** rho, 0.0)
    still_free = size * (1 - e.incidence_before)
    expected = still_free * (deaths / still_free.sum(axis=1))[:, np.newaxis]
    score = weight @ (e.n_cause - expected)
    hazard = np.divide(deaths, total * (1 - before), out=np.zeros_like(deaths), where=compared)
    variance = np.zeros((size.shape[1], size.shape[1]))
    for k in range(size.shape[1]):
        influence = -size * (weight * size[:, k] / total)[:, np.newaxis]
        influence[:, k] += weight * size[:, k]
        variance += _variance_of_group(e, k, influence=influence, hazard=hazard, free=1 - incidence, total=total)
    return score, variance


def _variance_of_group(
    e: _Estimates, k: int, *, influence: FloatArray, hazard: FloatArray, free: FloatArray, total: FloatArray
) -> FloatArray:
    """What the failures of group k add to the covariance matrix.

    `influence` (a in Gray 1988, section 3) is what a failure of the cause at a time does to the scores at that time;
    what it, or a competing failure, does to the scores of later times is the difference of `later` to its end.
    """
    later = np.cumsum(influence * hazard[:, np.newaxis], axis=0)
    to_come = later[-1:] - later
    ratio = np.divide(free, e.survival[:, k], out=np.zeros_like(free), where=e.survival[:, k] > 0)
    own_spread, other_spread = _spread_of_cause(e, k, total), _spread_of_others(e, k)
    own_factor, other_factor = (1 - ratio)[:, np.newaxis], ratio[:, np.newaxis]
    own = influence + own_factor * to_come
    other = other_factor * to_come
    variance: FloatArray = own.T @ (own * own_spread[:, np.newaxis])
    variance += other.T @ (other * other_spread[:, np.newaxis])
    return variance


def _spread_of_cause(e: _Estimates, k: int, total: FloatArray) -> FloatArray:
    """Variance of the share of group k that fails of the cause, with the hazard of all groups together."""
    deaths, before, n_risk = e.n_cause.sum(axis=1), e.survival_before[:, k], e.n_risk[:, k]
    tied = (deaths > 1) & (n_risk > 0)
    correction = 1 - np.divide(deaths - 1, total * before - 1, out=np.zeros_like(deaths), where=tied)
    variance = correction * before * deaths
    spread: FloatArray = np.divide(variance, total * n_risk, out=np.zeros_like(deaths), where=n_risk > 0)
    return spread


def _spread_of_others(e: _Estimates, k: int) -> FloatArray:
    """The same of the competing causes, with the hazard of the group itself."""
    failures, before, n_risk = e.n_other[:, k], e.survival_before[:, k], e.n_risk[:, k]
    correction = 1 - np.divide(failures - 1, n_risk - 1, out=np.zeros_like(failures), where=failures > 1)
    counted = (failures > 0) & (e.survival[:, k] > 0)
    spread: FloatArray = np.divide(
        correction * before**2 * failures, n_risk**2, out=np.zeros_like(n_risk), where=counted
    )
    return spread


def _shift(values: FloatArray, start: float) -> FloatArray:
    """Each value as it was before its own time."""
    first = np.full((1, *values.shape[1:]), start)
    return np.concatenate((first, values))[:-1]
