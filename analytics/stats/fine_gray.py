"""Fine-Gray model: proportional hazards of the subdistribution of one cause."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from analytics.stats import newton
from analytics.stats.errors import NoEventsError
from analytics.stats.fine_gray_likelihood import CAUSE, CENSORED, COMPETING, build_risk
from analytics.stats.inputs import FloatArray, IntArray, read_codes, read_covariates, read_times, refuse_constant
from analytics.stats.results import TestResult, chi_square_test, exponential, normal_quantile
from analytics.stats.survival import kaplan_meier

EPSILON = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, eq=False)
class FineGrayData:
    """What a model was fitted to, kept so that it can be refitted; `code`: 0 censored, 1 the cause, 2 another."""

    time: FloatArray
    code: IntArray
    covariates: FloatArray
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class FineGrayModel:
    """As CoxModel; the hazard ratio is that of the subdistribution, the standard error that of the sandwich.

    Likelihoods are weighted partial likelihoods: their ratio only resembles a test (cmprsk calls it pseudo).
    """

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
    iterations: int
    data: FineGrayData = field(repr=False)

    def refit(self, names: Sequence[str]) -> "FineGrayModel":
        """The model of these of its covariates, on the same subjects."""
        columns = [self.names.index(name) for name in names]
        return _fit(FineGrayData(self.data.time, self.data.code, self.data.covariates[:, columns], tuple(names)))


def fine_gray(
    time: ArrayLike, status: ArrayLike, covariates: ArrayLike, *, cause: int = 1, names: Sequence[str] | None = None
) -> FineGrayModel:
    """Fit by Newton-Raphson. R: `cmprsk::crr(time, status, covariates, failcode = cause)`, its variance included.

    time: n times from 0; status: n whole numbers, 0 = censored, others = causes; covariates: n x p.
    Fine and Gray 1999 (JASA 94: 496-509); ties as Breslow, times tied only where exactly equal, as in cmprsk. The
    variance takes into account that the distribution of censoring is estimated. Raises InputError, NoEventsError (the
    cause does not occur), CollinearError, SeparationError and ConvergenceError.
    """
    times = read_times(time)
    codes = read_codes(status, "status", length=times.size)
    matrix, columns = read_covariates(covariates, names, length=times.size)
    if cause == 0 or not (codes == cause).any():
        raise NoEventsError(f"no event of cause {cause}", argument="status")
    code = np.where(codes == 0, CENSORED, np.where(codes == cause, CAUSE, COMPETING))
    return _fit(FineGrayData(times, code, matrix, columns))


def _fit(data: FineGrayData) -> FineGrayModel:
    spread = refuse_constant(data.covariates, data.names)
    order = np.argsort(data.time, kind="stable")
    time = data.time[order]
    scaled = data.covariates[order]
    scaled -= scaled.mean(axis=0)
    unit = np.sqrt(np.einsum("ij,ij->j", scaled, scaled) / time.size)
    scaled /= unit
    risk, censoring = build_risk(scaled, data.code[order], time=time, uncensored=_uncensored_before(data, time))
    n_events = int((data.code == CAUSE).sum())
    maximum = newton.maximise(
        risk.evaluate, names=data.names, spread=spread / unit, scale=np.full(unit.size, float(n_events))
    )
    inverse = newton.inverse(maximum.end.information)
    covariance = inverse @ risk.score_variance(maximum.estimate, censoring) @ inverse / np.outer(unit, unit)
    coef, std_error = maximum.estimate / unit, np.sqrt(np.diag(covariance))
    half_width, df = normal_quantile(0.95) * std_error, coef.size
    start, end = maximum.start.log_likelihood, maximum.end.log_likelihood
    return FineGrayModel(
        names=data.names,
        coef=coef,
        std_error=std_error,
        hazard_ratio=exponential(coef),
        lower=exponential(coef - half_width),
        upper=exponential(coef + half_width),
        z=coef / std_error,
        p_value=special.chdtrc(1, (coef / std_error) ** 2),
        covariance=covariance,
        n=time.size,
        n_events=n_events,
        log_likelihood=end,
        null_log_likelihood=start,
        likelihood_ratio=chi_square_test(2 * (end - start), df),
        wald=chi_square_test(float(coef @ np.linalg.solve(covariance, coef)), df),
        iterations=maximum.iterations,
        data=data,
    )


def _uncensored_before(data: FineGrayData, time: FloatArray) -> FloatArray:
    """Kaplan-Meier estimate of remaining uncensored, just before each time.

    "Just before" is a share of 100 times the rounding error, as in cmprsk; at time 0 there is no before.
    """
    curve = kaplan_meier(data.time, data.code == CENSORED)
    return np.append(1.0, curve.survival)[np.searchsorted(curve.time, time * (1 - 100 * EPSILON), side="right")]
