"""Cox proportional hazards model."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from analytics.stats import newton
from analytics.stats.blocks import linear_predictor
from analytics.stats.concordance import count_pairs
from analytics.stats.cox_likelihood import RiskSets, SortedStratum, Ties, build_scaled
from analytics.stats.errors import InputError, NoEventsError
from analytics.stats.inputs import (
    BoolArray,
    FloatArray,
    IntArray,
    read_codes,
    read_covariates,
    read_indicator,
    read_times,
    refuse_constant,
)
from analytics.stats.newton import Maximum, Point
from analytics.stats.proportional_hazards import ProportionalHazards, proportional_hazards
from analytics.stats.results import TestResult, chi_square_test, exponential, normal_quantile
from analytics.stats.survival import kaplan_meier
from analytics.stats.ties import collapse_ties, even_out


@dataclass(frozen=True, eq=False)
class CoxData:
    """What a model was fitted to, kept so that it can be refitted."""

    time: FloatArray
    event: BoolArray
    covariates: FloatArray
    names: tuple[str, ...]
    strata: tuple[SortedStratum, ...]
    ties: Ties

    def choose(self, names: Sequence[str]) -> "CoxData":
        """Only these of its covariates."""
        columns = [self.names.index(name) for name in names]
        return replace(self, covariates=self.covariates[:, columns], names=tuple(names))


@dataclass(frozen=True, eq=False)
class CoxModel:
    """One value a covariate, in the order of `names`; `lower` and `upper` are the 95% limits of the hazard ratio."""

    names: tuple[str, ...]
    coef: FloatArray
    std_error: FloatArray
    hazard_ratio: FloatArray
    lower: FloatArray
    upper: FloatArray
    z: FloatArray
    p_value: FloatArray
    covariance: FloatArray
    n: int
    n_events: int
    log_likelihood: float
    null_log_likelihood: float
    likelihood_ratio: TestResult
    wald: TestResult
    score: TestResult
    iterations: int
    data: CoxData = field(repr=False)

    def refit(self, names: Sequence[str]) -> "CoxModel":
        """The model of these of its covariates, on the same subjects."""
        return _fit(self.data.choose(names))

    @cached_property
    def concordance(self) -> float:
        """Share of the pairs in which who has the higher risk has the event first, as `concordance(fit)`.

        Pairs tied in risk count half. Computed when it is first asked for.
        """
        risk = linear_predictor(self.data.covariates, self.coef)
        totals = np.zeros(3)
        for stratum in self.data.strata:
            totals += count_pairs(risk[stratum.order], stratum.event, stratum.tied.starts)
        concordant, _, ties = totals
        return float((concordant + ties / 2) / totals.sum()) if totals.any() else float("nan")

    def proportional_hazards(self) -> ProportionalHazards:
        """Whether the coefficients change with time. R: `cox.zph(fit)`, time as 1 - Kaplan-Meier, of all strata.

        Raises CollinearError where the events are at too few times to tell.
        """
        risk_sets, unit = build_scaled(self.data.strata, self.data.covariates, self.data.ties)
        curve = kaplan_meier(self.data.time, self.data.event)
        return proportional_hazards(risk_sets, self.coef * unit, self.names, curve)


def cox(
    time: ArrayLike,
    event: ArrayLike,
    covariates: ArrayLike,
    *,
    ties: Ties = "efron",
    names: Sequence[str] | None = None,
    strata: ArrayLike | None = None,
) -> CoxModel:
    """Fit by Newton-Raphson. R: `coxph(Surv(time, event) ~ covariates + strata(strata), ties = ties)`.

    time: n times from 0, in any unit; event: n values 0/1; covariates: n x p; strata: n whole numbers from 0.
    Cox 1972 (JRSS B 34: 187-220); ties: Efron 1977 (JASA 72: 557-565), Breslow 1974 (Biometrics 30: 89-99).
    Raises InputError, NoEventsError, CollinearError,
    SeparationError (a coefficient is infinite: R warns "beta may be infinite") and ConvergenceError.
    """
    times = read_times(time)
    events = read_indicator(event, "event", length=times.size)
    matrix, columns = read_covariates(covariates, names, length=times.size)
    if ties not in get_args(Ties):
        raise InputError(f"{ties!r} is neither efron nor breslow", argument="ties")
    codes = None if strata is None else read_codes(strata, "strata", length=times.size)
    if not events.any():
        raise NoEventsError("no events", argument="event")
    return _fit(CoxData(times, events, matrix, columns, _sort(times, events, codes), ties))


def _fit(data: CoxData) -> CoxModel:
    spread = refuse_constant(data.covariates, data.names)
    risk_sets, unit = build_scaled(data.strata, data.covariates, data.ties)
    n_events = int(data.event.sum())
    maximum = newton.maximise(
        lambda coef: _total(risk_sets, coef),
        names=data.names,
        spread=spread / unit,
        scale=np.full(len(data.names), float(n_events)),
    )
    return _result(data, maximum, unit)


def _sort(time: FloatArray, event: BoolArray, stratum: IntArray | None) -> tuple[SortedStratum, ...]:
    """The subjects of each stratum in the order of time, sorted once for all that is computed of them."""
    codes = [] if stratum is None else np.unique(stratum).tolist()
    if len(codes) < 2:
        tied = collapse_ties(time)
        return (SortedStratum(tied.order, event[tied.order], tied),)
    even = even_out(time)
    strata = []
    for code in codes:
        rows = np.flatnonzero(stratum == code)
        tied = collapse_ties(even[rows], exact=True)
        order = rows[tied.order]
        strata.append(SortedStratum(order, event[order], tied))
    return tuple(strata)


def _total(risk_sets: Sequence[RiskSets], coef: FloatArray) -> Point:
    points = [risk_set.evaluate(coef) for risk_set in risk_sets]
    return Point(
        sum(point.log_likelihood for point in points),
        np.sum([point.score for point in points], axis=0),
        np.sum([point.information for point in points], axis=0),
    )


def _result(data: CoxData, maximum: Maximum, unit: FloatArray) -> CoxModel:
    coef = maximum.estimate / unit
    covariance = newton.inverse(maximum.end.information) / np.outer(unit, unit)
    std_error = np.sqrt(np.diag(covariance))
    half_width = normal_quantile(0.95) * std_error
    z = coef / std_error
    start, end, df = maximum.start, maximum.end, len(data.names)
    return CoxModel(
        names=data.names,
        coef=coef,
        std_error=std_error,
        hazard_ratio=exponential(coef),
        lower=exponential(coef - half_width),
        upper=exponential(coef + half_width),
        z=z,
        p_value=special.chdtrc(1, z**2),
        covariance=covariance,
        n=data.time.size,
        n_events=int(data.event.sum()),
        log_likelihood=end.log_likelihood,
        null_log_likelihood=start.log_likelihood,
        likelihood_ratio=chi_square_test(2 * (end.log_likelihood - start.log_likelihood), df),
        wald=chi_square_test(float(maximum.estimate @ end.information @ maximum.estimate), df),
        score=chi_square_test(float(start.score @ np.linalg.solve(start.information, start.score)), df),
        iterations=maximum.iterations,
        data=data,
    )
