"""Logistic regression with Wald intervals."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from analytics.stats import binomial, newton
from analytics.stats.errors import NoEventsError
from analytics.stats.inputs import BoolArray, FloatArray, read_covariates, read_indicator, refuse_constant
from analytics.stats.newton import Maximum
from analytics.stats.results import TestResult, chi_square_test, exponential, normal_quantile


@dataclass(frozen=True, eq=False)
class LogisticData:
    """What a model was fitted to, kept so that it can be refitted."""

    outcome: BoolArray
    covariates: FloatArray
    names: tuple[str, ...]

    def choose(self, names: Sequence[str]) -> "LogisticData":
        """Only these of its covariates."""
        columns = [self.names.index(name) for name in names]
        return LogisticData(self.outcome, self.covariates[:, columns], tuple(names))


@dataclass(frozen=True, eq=False)
class LogisticModel:
    """One value a covariate, in the order of `names`, the intercept apart; the limits are 95% Wald limits."""

    names: tuple[str, ...]
    coef: FloatArray
    std_error: FloatArray
    odds_ratio: FloatArray
    lower: FloatArray
    upper: FloatArray
    z: FloatArray
    p_value: FloatArray
    covariance: FloatArray
    intercept: float
    intercept_std_error: float
    n: int
    n_events: int
    log_likelihood: float
    null_log_likelihood: float
    likelihood_ratio: TestResult
    wald: TestResult
    iterations: int
    data: LogisticData = field(repr=False)

    def refit(self, names: Sequence[str]) -> "LogisticModel":
        """The model of these of its covariates, on the same subjects."""
        return _fit(self.data.choose(names))


def logistic(outcome: ArrayLike, covariates: ArrayLike, *, names: Sequence[str] | None = None) -> LogisticModel:
    """Fit with an intercept by Newton-Raphson. R: `glm(outcome ~ covariates, family = binomial)`, `confint.default`.

    outcome: n values 0/1; covariates: n x p, without a column for the intercept.
    McCullagh and Nelder 1989, chapter 4. Raises InputError, NoEventsError (all outcomes equal), CollinearError,
    SeparationError (Albert and Anderson 1984, Biometrika 71: 1-10: no finite estimate exists) and ConvergenceError.
    """
    return _fit(read_logistic(outcome, covariates, names))


def read_logistic(outcome: ArrayLike, covariates: ArrayLike, names: Sequence[str] | None) -> LogisticData:
    """The arguments of a logistic model, with both outcomes among them."""
    events = read_indicator(outcome, "outcome")
    matrix, columns = read_covariates(covariates, names, length=events.size)
    if events.all() or not events.any():
        raise NoEventsError("the outcome is the same in every row", argument="outcome")
    return LogisticData(events, matrix, columns)


def standardise(covariates: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The design matrix with the intercept, of covariates less their mean over their standard deviation; these two."""
    mean, unit = covariates.mean(axis=0), covariates.std(axis=0)
    return np.column_stack((np.ones(covariates.shape[0]), (covariates - mean) / unit)), mean, unit


def _fit(data: LogisticData) -> LogisticModel:
    spread = refuse_constant(data.covariates, data.names)
    design, mean, unit = standardise(data.covariates)
    maximum = newton.maximise(
        lambda coef: binomial.evaluate(design, data.outcome, coef),
        names=("the intercept", *data.names),
        spread=np.append(1.0, spread / unit),
        scale=np.full(unit.size + 1, data.outcome.size / 4),
    )
    return _result(data, maximum, mean=mean, unit=unit)


def _result(data: LogisticData, maximum: Maximum, *, mean: FloatArray, unit: FloatArray) -> LogisticModel:
    scaled = newton.inverse(maximum.end.information)
    coef = maximum.estimate[1:] / unit
    covariance = scaled[1:, 1:] / np.outer(unit, unit)
    std_error = np.sqrt(np.diag(covariance))
    half_width = normal_quantile(0.95) * std_error
    z = coef / std_error
    to_intercept = np.append(1.0, -mean / unit)
    n, n_events, df = data.outcome.size, int(data.outcome.sum()), len(data.names)
    null = float(special.xlogy(n_events, n_events / n) + special.xlogy(n - n_events, 1 - n_events / n))
    return LogisticModel(
        names=data.names,
        coef=coef,
        std_error=std_error,
        odds_ratio=exponential(coef),
        lower=exponential(coef - half_width),
        upper=exponential(coef + half_width),
        z=z,
        p_value=special.chdtrc(1, z**2),
        covariance=covariance,
        intercept=float(to_intercept @ maximum.estimate),
        intercept_std_error=float(np.sqrt(to_intercept @ scaled @ to_intercept)),
        n=n,
        n_events=n_events,
        log_likelihood=maximum.end.log_likelihood,
        null_log_likelihood=null,
        likelihood_ratio=chi_square_test(2 * (maximum.end.log_likelihood - null), df),
        wald=chi_square_test(float(coef @ np.linalg.solve(covariance, coef)), df),
        iterations=maximum.iterations,
        data=data,
    )
