"""Logistic regression with Firth's penalty: finite estimates also where events are few or a covariate separates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats import newton
from analytics.stats.errors import ConvergenceError
from analytics.stats.firth_likelihood import PenalisedLikelihood, PenalisedPoint
from analytics.stats.inputs import FloatArray, refuse_constant
from analytics.stats.logistic import LogisticData, LogisticModel, read_logistic, standardise
from analytics.stats.results import TestResult, chi_square_test, normal_quantile

SETTLED = 1e-10  # of a standard error
MAX_STEPS = 50


@dataclass(frozen=True, eq=False)
class FirthModel(LogisticModel):
    """As LogisticModel, but limits and P values are those of the profile of the penalised likelihood.

    `z` and `wald` remain the estimate over its standard error. `likelihood_ratio` compares penalised likelihoods, both
    with the penalty of the full model.
    """

    def refit(self, names: Sequence[str]) -> "FirthModel":
        """The model of these of its covariates, on the same subjects."""
        return _fit(self.data.choose(names))


def firth_logistic(outcome: ArrayLike, covariates: ArrayLike, *, names: Sequence[str] | None = None) -> FirthModel:
    """Fit with an intercept, penalised by Jeffreys' prior. R: `logistf::logistf(outcome ~ covariates)`.

    outcome: n values 0/1; covariates: n x p, without a column for the intercept. Estimates: Firth 1993 (Biometrika 80:
    27-38), the same as of `brglm2` with type AS_mean. 95% limits and P values: Heinze and Schemper 2002 (Stat Med 21:
    2409-2419), the penalised likelihood maximised over the other coefficients. Raises InputError, NoEventsError (all
    outcomes equal), CollinearError and ConvergenceError.
    """
    return _fit(read_logistic(outcome, covariates, names))


def _fit(data: LogisticData) -> FirthModel:
    refuse_constant(data.covariates, data.names)
    design, mean, unit = standardise(data.covariates)
    likelihood = PenalisedLikelihood(design, data.outcome)
    zero = np.zeros(unit.size + 1)
    newton.refuse_collinear(
        likelihood.evaluate(zero).fisher,
        names=("the intercept", *data.names),
        scale=np.full(zero.size, data.outcome.size / 4),
    )
    estimate, top, iterations = likelihood.maximise(zero)
    scaled = newton.inverse(top.fisher)
    std_error = np.sqrt(np.diag(scaled))
    terms = range(1, zero.size)
    _, without_any, _ = likelihood.maximise(zero, fixed=terms)
    tests = [_likelihood_ratio(likelihood, estimate, top, term) for term in terms]
    lower, upper = (
        np.array([_limit(likelihood, estimate, top, term=term, reach=side * std_error[term]) for term in terms])
        for side in (-1, 1)
    )
    coef, covariance = estimate[1:] / unit, scaled[1:, 1:] / np.outer(unit, unit)
    to_intercept = np.append(1.0, -mean / unit)
    from_unit = float(np.log(unit).sum())  # what log|I| / 2 is larger by in the covariates' own units
    return FirthModel(
        names=data.names,
        coef=coef,
        std_error=std_error[1:] / unit,
        odds_ratio=np.exp(coef),
        lower=np.exp(lower / unit),
        upper=np.exp(upper / unit),
        z=estimate[1:] / std_error[1:],
        p_value=np.array([test.p_value for test in tests]),
        covariance=covariance,
        intercept=float(to_intercept @ estimate),
        intercept_std_error=float(np.sqrt(to_intercept @ scaled @ to_intercept)),
        n=data.outcome.size,
        n_events=int(data.outcome.sum()),
        log_likelihood=top.log_likelihood + from_unit,
        null_log_likelihood=without_any.log_likelihood + from_unit,
        likelihood_ratio=chi_square_test(2 * (top.log_likelihood - without_any.log_likelihood), coef.size),
        wald=chi_square_test(float(coef @ np.linalg.solve(covariance, coef)), coef.size),
        iterations=iterations,
        data=data,
    )


def _likelihood_ratio(
    likelihood: PenalisedLikelihood, estimate: FloatArray, top: PenalisedPoint, term: int
) -> TestResult:
    begin = estimate.copy()
    begin[term] = 0.0
    _, without, _ = likelihood.maximise(begin, fixed=[term])
    return chi_square_test(2 * (top.log_likelihood - without.log_likelihood), 1)


def _limit(
    likelihood: PenalisedLikelihood, estimate: FloatArray, top: PenalisedPoint, *, term: int, reach: float
) -> float:
    """Where the profile of the term has fallen by half of 1.96 squared, on the side of `reach`, a standard error.

    Newton's method on the root of twice the fall, which is nearly a straight line; its slope is the score there.
    """
    target = normal_quantile(0.95)
    nearest, farthest, distance = 0.0, np.inf, target  # in standard errors
    values = estimate
    for _ in range(MAX_STEPS):
        begin = values.copy()
        begin[term] = estimate[term] + distance * reach
        values, point, _ = likelihood.maximise(begin, fixed=[term])
        root = float(np.sqrt(max(0.0, 2 * (top.log_likelihood - point.log_likelihood))))
        nearest, farthest = (distance, farthest) if root < target else (nearest, distance)
        slope = -float(point.score[term]) * reach
        step = (target - root) * root / slope if slope > 0 else np.inf
        if abs(step) < SETTLED:
            return float(values[term])
        distance = distance + step
        if not nearest < distance < farthest:
            distance = (nearest + farthest) / 2 if np.isfinite(farthest) else 2 * nearest
    raise ConvergenceError(f"no limit found after {MAX_STEPS} steps")
