"""Weighted partial likelihood of the Fine-Gray model, its derivatives, and the variance of its score.

Who has had a competing event stays at risk, with the weight G(t-) / G(T-) at a time t after the own time T, where G is
the Kaplan-Meier estimate of remaining uncensored. With w = exp(x'b), S0(t) is the sum of w over those with T >= t plus
G(t-) times the sum of w / G(T-) over those with a competing event before t; S1(t) is the same of w x, m = S1 / S0, and
the increment of the cumulative hazard at a time with d events is d / S0 (ties as Breslow). All are sums over rows
sorted by time, from the end and from the beginning. The information is X' diag(w A) X less the sum of d m m', with A
the weighted cumulative hazard over all times at which the subject is at risk.
"""

from dataclasses import dataclass

import numpy as np

from analytics.stats.blocks import GroupSums, blocks, weighted_cross
from analytics.stats.inputs import BoolArray, FloatArray, IntArray
from analytics.stats.newton import Point

CENSORED, CAUSE, COMPETING = 0, 1, 2


@dataclass(frozen=True, eq=False)
class SubdistributionRisk:
    """Rows sorted by time, cut into segments: before the first event of the cause, then one from each event time."""

    covariates: FloatArray
    code: IntArray
    segment: IntArray  # of each row; 0 before the first event time, k from the k-th
    by_segment: GroupSums
    uncensored: FloatArray  # G(t-) at each event time
    competing: FloatArray  # 1 / G(T-) of those with a competing event, 0 of others
    deaths: FloatArray  # events at each event time
    event_total: FloatArray  # sum of the covariates over the events

    def evaluate(self, coef: FloatArray) -> Point:
        """Log-likelihood, score and information."""
        sums = self.sum_up(coef)
        log_likelihood = float(sums.predictor[self.code == CAUSE].sum() - self.deaths @ np.log(sums.s0))
        score = self.event_total - self.deaths @ sums.means
        means_cross = sums.means.T @ (sums.means * self.deaths[:, np.newaxis])
        information = weighted_cross(self.covariates, sums.weight * self._exposure(sums)) - means_cross
        return Point(log_likelihood, score, information)

    def sum_up(self, coef: FloatArray) -> "SubdistributionSums":
        """One pass over the rows."""
        predictor = self.covariates @ coef
        predictor -= predictor.max()
        weight = np.exp(predictor)
        kept = weight * self.competing
        n_segments = self.deaths.size + 1
        own, late = (np.bincount(self.segment, w, n_segments).astype(np.float64) for w in (weight, kept))
        s0 = self._at_risk(own, late)
        s1 = self._at_risk(self.by_segment.of(weight), self.by_segment.of(kept))
        return SubdistributionSums(predictor, weight, s0, s1 / s0[:, np.newaxis], self.deaths / s0)

    def _at_risk(self, own: FloatArray, kept: FloatArray) -> FloatArray:
        """At each event time: the sum of `own` from it on, and G times the sum of `kept` before it."""
        before = np.cumsum(kept, axis=0)[:-1]
        from_it = np.cumsum(own[::-1], axis=0)[::-1][1:]
        return from_it + (before.T * self.uncensored).T

    def _exposure(self, sums: "SubdistributionSums") -> FloatArray:
        """The cumulative hazard over the times at which each subject is at risk, weighted."""
        until, after = self._until_and_after(sums.hazard)
        return until[self.segment] + self.competing * after[self.segment]

    def _until_and_after(self, increments: FloatArray) -> tuple[FloatArray, FloatArray]:
        """By segment: the sum of increments up to its time, and of G times the increments after it."""
        zero = np.zeros((1, *increments.shape[1:]))
        weighted = (increments.T * self.uncensored).T
        until = np.concatenate((zero, np.cumsum(increments, axis=0)))
        after = np.concatenate((np.cumsum(weighted[::-1], axis=0)[::-1], zero))
        return until, after

    def score_variance(self, coef: FloatArray, censoring: "Censoring") -> FloatArray:
        """Sum over the subjects of (eta + psi)(eta + psi)', Fine and Gray 1999, equations 7 and 8.

        eta is the subject's part of the score, psi what the subject adds to it through the estimate of G.
        """
        sums = self.sum_up(coef)
        hazard_until, hazard_after = self._until_and_after(sums.hazard)
        drift_until, drift_after = self._until_and_after(sums.hazard[:, np.newaxis] * sums.means)
        first, drift = self._psi_steps(sums, censoring, hazard_after, drift_after)
        means = np.concatenate((np.zeros((1, coef.size)), sums.means))
        total = np.zeros((coef.size, coef.size))
        for rows in blocks(sums.weight.size):
            x, segment = self.covariates[rows], self.segment[rows]
            kept = self.competing[rows, np.newaxis]
            hazard = hazard_until[segment, np.newaxis] + kept * hazard_after[segment, np.newaxis]
            eta = sums.weight[rows, np.newaxis] * (drift_until[segment] + kept * drift_after[segment] - x * hazard)
            eta += (self.code[rows] == CAUSE)[:, np.newaxis] * (x - means[segment])
            eta += drift[censoring.group[rows]]
            eta += (self.code[rows] == CENSORED)[:, np.newaxis] * first[censoring.group[rows]]
            total += eta.T @ eta
        return total

    def _psi_steps(
        self, sums: "SubdistributionSums", censoring: "Censoring", hazard_after: FloatArray, drift_after: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """At each distinct time: q / n, which a censored subject adds, and minus the sum of q c / n^2 up to it.

        q(u) is minus the integral from u of (x - m) w G / G(T-) dM over those with a competing event before u; n are at
        risk at u, c censored.
        """
        kept = sums.weight * self.competing
        starts = censoring.starts
        s0 = _exclusive(np.add.reduceat(kept, starts))
        s1 = _exclusive(GroupSums(self.covariates, np.append(starts[1:], kept.size)).of(kept))
        # event times from u on: those after the segment of the last row before u
        segment_before = np.concatenate(([0], self.segment[starts[1:] - 1]))
        q = s1 * hazard_after[segment_before, np.newaxis] - s0[:, np.newaxis] * drift_after[segment_before]
        first = q / censoring.n_risk[:, np.newaxis]
        return first, -np.cumsum(first * (censoring.n_censored / censoring.n_risk)[:, np.newaxis], axis=0)


@dataclass(frozen=True, eq=False)
class SubdistributionSums:
    """At some coefficients: x'b less its largest value and its exponential by row; the others by event time."""

    predictor: FloatArray
    weight: FloatArray
    s0: FloatArray
    means: FloatArray
    hazard: FloatArray


@dataclass(frozen=True, eq=False)
class Censoring:
    """The distinct times, with the rows at risk and censored there; `group` is the number of each row's time."""

    starts: IntArray
    group: IntArray
    n_risk: FloatArray
    n_censored: FloatArray


def build_risk(
    covariates: FloatArray, code: IntArray, *, time: FloatArray, uncensored: FloatArray
) -> tuple[SubdistributionRisk, Censoring]:
    """All in the order of time; `uncensored` is G(T-) of each row."""
    new_time = np.diff(time, prepend=-1.0) > 0
    starts, group = np.flatnonzero(new_time), np.cumsum(new_time) - 1
    deaths = np.add.reduceat((code == CAUSE).astype(np.float64), starts)
    with_event = deaths > 0
    segment = np.cumsum(with_event)[group]
    risk = SubdistributionRisk(
        covariates=covariates,
        code=code,
        segment=segment,
        by_segment=GroupSums(covariates, np.append(starts[with_event], time.size)),
        uncensored=uncensored[starts[with_event]],
        competing=np.where(code == COMPETING, 1 / uncensored, 0.0),
        deaths=deaths[with_event],
        event_total=_masked_sum(covariates, code == CAUSE),
    )
    n_censored = np.add.reduceat((code == CENSORED).astype(np.float64), starts)
    return risk, Censoring(starts, group, (time.size - starts).astype(np.float64), n_censored)


def _masked_sum(covariates: FloatArray, mask: BoolArray) -> FloatArray:
    return mask.astype(np.float64) @ covariates


def _exclusive(sums: FloatArray) -> FloatArray:
    """Sum of all earlier rows."""
    total = np.cumsum(sums, axis=0)
    return total - sums
