"""Logistic regression with Firth's penalty: finite estimates also where events are few or a covariate separates."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats import newton
from analytics.stats.errors import ConvergenceError
from analytics.stats.firth_likelihood import PenalisedLikelihood, PenalisedPoint, penalised_likelihood
from analytics.stats.inputs import refuse_constant
from analytics.stats.logistic import LogisticData, LogisticModel, read_logistic, standardise
from analytics.stats.results import chi_square_test, exponential, normal_quantile

SETTLED = 1e-10  # of a standard error
MAX_STEPS = 50
DESCENDED = 1e-8  # of a standard error
MAX_DESCENT = 15
FARTHEST = 20  # standard errors from the estimate to a limit that Newton's method may find
NEAR = 0.1  # standard errors
HIGHER = 1e-8  # of a log-likelihood


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
    2409-2419), the penalised likelihood maximised over the other coefficients. With separation and hardly more
    subjects than covariates the likelihood may have several maxima: the highest is taken of those that the fit meets,
    starting with all coefficients 0 and with each of them 0. Raises InputError, NoEventsError (all outcomes equal),
    CollinearError and ConvergenceError.
    """
    return _fit(read_logistic(outcome, covariates, names))


def _fit(data: LogisticData) -> FirthModel:
    refuse_constant(data.covariates, data.names)
    design, mean, unit = standardise(data.covariates)
    likelihood = penalised_likelihood(design, data.outcome)
    p = unit.size
    newton.refuse_collinear(
        likelihood.evaluate(np.zeros(p + 1)).fisher,
        names=("the intercept", *data.names),
        scale=np.full(p + 1, data.outcome.size / 4),
    )
    top, without, iterations = _maxima(likelihood, p)
    scaled = newton.inverse(top.fisher)
    errors = np.sqrt(np.diag(scaled))
    lower, upper = (
        np.array([_limit(likelihood, top, term=term, reach=side * errors[term]) for term in range(1, p + 1)])
        for side in (-1, 1)
    )
    none = without[0] if p == 1 else likelihood.maximise(np.zeros(p + 1), fixed=range(1, p + 1))[0]
    falls = [2 * (top.log_likelihood - point.log_likelihood) for point in without]
    coef, covariance = top.coef[1:] / unit, scaled[1:, 1:] / np.outer(unit, unit)
    to_intercept = np.append(1.0, -mean / unit)
    from_unit = float(np.log(unit).sum())  # what log|I| / 2 is larger by in the covariates' own units
    return FirthModel(
        names=data.names,
        coef=coef,
        std_error=errors[1:] / unit,
        odds_ratio=exponential(coef),
        lower=exponential(lower / unit),
        upper=exponential(upper / unit),
        z=top.coef[1:] / errors[1:],
        p_value=np.array([chi_square_test(max(0.0, fall), 1).p_value for fall in falls]),
        covariance=covariance,
        intercept=float(to_intercept @ top.coef),
        intercept_std_error=float(np.sqrt(to_intercept @ scaled @ to_intercept)),
        n=data.outcome.size,
        n_events=int(data.outcome.sum()),
        log_likelihood=top.log_likelihood + from_unit,
        null_log_likelihood=none.log_likelihood + from_unit,
        likelihood_ratio=chi_square_test(2 * (top.log_likelihood - none.log_likelihood), p),
        wald=chi_square_test(float(coef @ np.linalg.solve(covariance, coef)), p),
        iterations=iterations,
        data=data,
    )


def _maxima(likelihood: PenalisedLikelihood, p: int) -> tuple[PenalisedPoint, list[PenalisedPoint], int]:
    """The highest maximum, those with each coefficient in turn 0, and the iterations from 0 to the first."""
    top, iterations = likelihood.maximise(np.zeros(p + 1))
    while True:
        without = [_without(likelihood, top, term) for term in range(1, p + 1)]
        released = max((likelihood.maximise(point.coef)[0] for point in without), key=_height)
        if _height(released) <= _height(top) + HIGHER:
            return top, without, iterations
        top = released


def _without(likelihood: PenalisedLikelihood, top: PenalisedPoint, term: int) -> PenalisedPoint:
    return likelihood.maximise(top.move(term, 0.0), fixed=[term])[0]


def _height(point: PenalisedPoint) -> float:
    return point.log_likelihood


def _limit(likelihood: PenalisedLikelihood, top: PenalisedPoint, *, term: int, reach: float) -> float:
    """Where the profile of the term has fallen by half of 1.96 squared, on the side of `reach`, a standard error."""
    found = _descend(likelihood, top, term=term, reach=reach)
    if found is None:
        return _search(likelihood, top, term=term, reach=reach)
    value, point = found
    expected = top.move(term, value)
    apart = expected - point.coef
    if apart @ top.fisher @ apart > NEAR**2:  # then the profile may have several maxima, as with separation
        with suppress(ConvergenceError):
            if _height(likelihood.maximise(expected, fixed=[term])[0]) > _height(point) + HIGHER:
                return _search(likelihood, top, term=term, reach=reach)
    return value


def _descend(
    likelihood: PenalisedLikelihood, top: PenalisedPoint, *, term: int, reach: float
) -> tuple[float, PenalisedPoint] | None:
    """The limit and a point close to it by Newton's method on all coefficients at once; None where it leads astray.

    At the limit the likelihood has fallen so far, and the score of the other coefficients is 0 (Venzon and Moolgavkar
    1988, Appl Stat 37: 87-94).
    """
    target = normal_quantile(0.95)
    point = likelihood.evaluate(top.move(term, float(top.coef[term]) + target * reach))
    for _ in range(MAX_DESCENT):
        slopes, residual = -point.curvature, point.score.copy()
        slopes[term], residual[term] = point.score, _height(point) - _height(top) + target**2 / 2
        try:
            step = np.linalg.solve(slopes, -residual)
        except np.linalg.LinAlgError:
            return None
        value = float(point.coef[term] + step[term])
        if not (np.isfinite(step).all() and 0 < (value - top.coef[term]) / reach < FARTHEST):
            return None
        if np.abs(step).max() < DESCENDED * abs(reach):  # what is left after this step is its square
            return (value, point) if point.is_highest_of_others(term) else None
        point = likelihood.evaluate(point.coef + step)
    return None


def _search(likelihood: PenalisedLikelihood, top: PenalisedPoint, *, term: int, reach: float) -> float:
    """The same by the profile alone, the highest maximum at each value.

    Newton's method on the root of twice the fall, which is nearly a straight line; its slope is the score there.
    """
    target = normal_quantile(0.95)
    nearest, farthest, distance = 0.0, np.inf, target  # in standard errors
    point = top
    for _ in range(MAX_STEPS):
        value = float(top.coef[term]) + distance * reach
        point = _highest(likelihood, [top] if point is top else [point, top], term=term, value=value)
        root = float(np.sqrt(max(0.0, 2 * (top.log_likelihood - point.log_likelihood))))
        nearest, farthest = (distance, farthest) if root < target else (nearest, distance)
        slope = -float(point.score[term]) * reach
        step = (target - root) * root / slope if slope > 0 else np.inf
        if abs(step) < SETTLED:
            return value
        distance = distance + step
        if not nearest < distance < farthest:
            distance = (nearest + farthest) / 2 if np.isfinite(farthest) else 2 * nearest
    raise ConvergenceError(f"no limit found after {MAX_STEPS} steps")


def _highest(
    likelihood: PenalisedLikelihood, starts: list[PenalisedPoint], *, term: int, value: float
) -> PenalisedPoint:
    """The highest of the maxima with the term at this value to which the starts lead."""
    found = []
    for start in starts:
        with suppress(ConvergenceError):
            found.append(likelihood.maximise(start.move(term, value), fixed=[term])[0])
    if not found:
        raise ConvergenceError("no maximum of the profile")
    return max(found, key=_height)
