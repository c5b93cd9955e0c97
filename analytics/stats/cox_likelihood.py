"""Partial likelihood of the Cox model with its derivatives, for one stratum, by passes over sorted rows.

Efron's likelihood takes at a time with d events, l = 0 .. d - 1, the denominators S0 - (l / d) D0, with S0 the sum of
exp(x'b) over those at risk and D0 over those with the event; S1, D1 are the sums of x exp(x'b). Breslow's takes S0 d
times. The information needs no sum of outer products over the risk sets: its first term is X' diag(w A) X, where
w = exp(x'b) and A is the cumulative hazard at the subject's own time, its second a product of the K x p matrices S1 and
D1 with themselves over the K distinct event times (Therneau and Grambsch 2000, section 3.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analytics.stats.blocks import GroupSums, weighted_cross
from analytics.stats.inputs import BoolArray, FloatArray, IntArray
from analytics.stats.newton import Point
from analytics.stats.ties import TiedTimes

Ties = Literal["efron", "breslow"]


@dataclass(frozen=True, eq=False)
class RiskSets:
    """Rows from the first event time on, sorted by time, cut into groups that begin at the distinct event times."""

    covariates: FloatArray
    starts: IntArray
    event_rows: IntArray
    event_starts: IntArray
    event_group: IntArray
    event_total: FloatArray  # sum of the covariates over the events
    event_time: FloatArray
    fraction: FloatArray  # l / d of each event; 0 throughout for Breslow
    by_group: GroupSums  # over all rows
    by_event_time: GroupSums  # over the events

    def evaluate(self, coef: FloatArray) -> Point:
        """Log-likelihood, score and information."""
        sums = self.sum_up(coef)
        log_denominators = np.log(sums.s0)[self.event_group] - np.log(sums.ratio)
        log_likelihood = float(sums.predictor[self.event_rows].sum() - log_denominators.sum())
        score = self.event_total - self.expected(sums)
        return Point(log_likelihood, score, self.information(sums))

    def sum_up(self, coef: FloatArray) -> "RiskSums":
        """One pass over the rows."""
        predictor = self.covariates @ coef
        predictor -= predictor.max()
        weight = np.exp(predictor)
        s0 = _from_the_end(np.add.reduceat(weight, self.starts))
        s1 = _from_the_end(self.by_group.of(weight))
        d0, d1 = self._event_sums(weight)
        ratio = 1 / (1 - self.fraction * (d0 / s0)[self.event_group])
        return RiskSums(predictor, weight, s0, s1 / s0[:, np.newaxis], d1 / s0[:, np.newaxis], ratio)

    def expected(self, sums: "RiskSums", time_weight: FloatArray | None = None) -> FloatArray:
        """Sum over the events of m = (S1 - (l / d) D1) / denominator, each times the weight of its event time."""
        weight = np.ones(self.starts.size) if time_weight is None else time_weight
        own: FloatArray = (weight * self._sum_events(sums.ratio)) @ sums.means
        return own - (weight * self._sum_events(self.fraction * sums.ratio)) @ sums.event_means

    def information(self, sums: "RiskSums", time_weight: FloatArray | None = None) -> FloatArray:
        """Sum over the events of the covariance of x among those at risk, times the weight of the event time."""
        times = np.ones(self.starts.size) if time_weight is None else time_weight
        hazard = times * self._sum_events(sums.ratio) / sums.s0
        own_hazard = times * self._sum_events(self.fraction * sums.ratio) / sums.s0
        cumulative = np.repeat(np.cumsum(hazard), np.diff(self.starts, append=sums.weight.size))
        exposure = sums.weight * cumulative
        exposure[self.event_rows] -= sums.weight[self.event_rows] * own_hazard[self.event_group]
        return weighted_cross(self.covariates, exposure) - self._means_cross(sums, times)

    def _event_sums(self, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
        """D0 and D1; zeros where no fraction will ask for them."""
        if not self.fraction.any():
            return np.zeros(self.starts.size), np.zeros((self.starts.size, self.covariates.shape[1]))
        event_weight = weight[self.event_rows]
        return self._sum_events(event_weight), self.by_event_time.of(event_weight)

    def _sum_events(self, values: FloatArray) -> FloatArray:
        sums: FloatArray = np.add.reduceat(values, self.event_starts)
        return sums

    def _means_cross(self, sums: "RiskSums", times: FloatArray) -> FloatArray:
        """Sum over the events of m m'."""
        ratio, share = sums.ratio, self.fraction * sums.ratio
        means, event_means = sums.means, sums.event_means
        cross: FloatArray = means.T @ (means * (times * self._sum_events(ratio**2))[:, np.newaxis])
        if self.fraction.any():
            mixed = means.T @ (event_means * (times * self._sum_events(share * ratio))[:, np.newaxis])
            twice = event_means.T @ (event_means * (times * self._sum_events(share**2))[:, np.newaxis])
            cross += twice - mixed - mixed.T
        return cross


@dataclass(frozen=True, eq=False)
class RiskSums:
    """At some coefficients: x'b less its largest value and its exponential by row; S0, S1 / S0 and D1 / S0 by event
    time; S0 over the denominator by event."""

    predictor: FloatArray
    weight: FloatArray
    s0: FloatArray
    means: FloatArray
    event_means: FloatArray
    ratio: FloatArray


@dataclass(frozen=True, eq=False)
class SortedStratum:
    """Row numbers in the order of time, whether each has the event, and which of them are tied."""

    order: IntArray
    event: BoolArray
    tied: TiedTimes


def build_scaled(
    strata: Sequence[SortedStratum], covariates: FloatArray, ties: Ties
) -> tuple[list[RiskSets], FloatArray]:
    """The risk sets on covariates less their mean over their standard deviation, and the latter."""
    mean = covariates.mean(axis=0)
    centred = [covariates[stratum.order] for stratum in strata]
    for rows in centred:
        np.subtract(rows, mean, out=rows)
    variance = np.sum([np.einsum("ij,ij->j", rows, rows) for rows in centred], axis=0) / covariates.shape[0]
    unit: FloatArray = np.sqrt(variance)
    for rows in centred:
        np.divide(rows, unit, out=rows)
    built = (_build_risk_sets(rows, stratum, ties) for rows, stratum in zip(centred, strata, strict=True))
    return [risk_set for risk_set in built if risk_set is not None], unit


def _build_risk_sets(covariates: FloatArray, stratum: SortedStratum, ties: Ties) -> RiskSets | None:
    """None where the stratum has no event."""
    event, tied = stratum.event, stratum.tied
    n_event = np.add.reduceat(event.astype(np.int64), tied.starts)
    with_event = np.flatnonzero(n_event)
    if with_event.size == 0:
        return None
    deaths = n_event[with_event]
    first_row = tied.starts[with_event[0]]
    event_starts = np.cumsum(deaths) - deaths
    event_group = np.repeat(np.arange(deaths.size), deaths)
    position = np.arange(event_group.size) - event_starts[event_group]
    at_risk = covariates[first_row:]
    starts = tied.starts[with_event] - first_row
    event_rows = np.flatnonzero(event) - first_row
    return RiskSets(
        covariates=at_risk,
        starts=starts,
        event_rows=event_rows,
        event_starts=event_starts,
        event_group=event_group,
        event_total=event.astype(np.float64) @ covariates,
        event_time=tied.time[with_event],
        fraction=position / deaths[event_group] if ties == "efron" else np.zeros(event_group.size),
        by_group=GroupSums(at_risk, np.append(starts[1:], at_risk.shape[0])),
        by_event_time=GroupSums(at_risk, np.cumsum(deaths), rows=event_rows),
    )


def _from_the_end(sums: FloatArray) -> FloatArray:
    """Sum of each row and all later ones."""
    return np.cumsum(sums[::-1], axis=0)[::-1]
