"""How far a number may be from R's, and the R call that it reproduces."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EXACT, CLOSED_FORM, P_VALUE, ITERATIVE = 0.0, 1e-9, 1e-8, 1e-7

R_CALLS = {
    "kaplan_meier.log.quantiles": "quantile(survfit(Surv(t, d) ~ 1), p)",
    "kaplan_meier.log-log.quantiles": 'quantile(survfit(Surv(t, d) ~ 1, conf.type = "log-log"), p)',
    "kaplan_meier.plain.quantiles": 'quantile(survfit(Surv(t, d) ~ 1, conf.type = "plain"), p)',
    "kaplan_meier.log-log": 'survfit(Surv(t, d) ~ 1, conf.type = "log-log")',
    "kaplan_meier.plain": 'survfit(Surv(t, d) ~ 1, conf.type = "plain")',
    "kaplan_meier.at": "summary(survfit(Surv(t, d) ~ 1), times)",
    "kaplan_meier.reverse": "quantile(survfit(Surv(t, 1 - d) ~ 1), p)",
    "kaplan_meier": "survfit(Surv(t, d) ~ 1)",
    "cumulative_incidence.1.at": "cmprsk::timepoints(cuminc(t, status), times)",
    "cumulative_incidence.2.at": "cmprsk::timepoints(cuminc(t, status), times)",
    "cumulative_incidence": "cmprsk::cuminc(t, status)",
    "cox.efron": 'coxph(Surv(t, d) ~ x, ties = "efron")',
    "cox.breslow": 'coxph(Surv(t, d) ~ x, ties = "breslow")',
    "cox.stratified": "coxph(Surv(t, d) ~ x + strata(s))",
    "logistic": "glm(y ~ x, binomial), confint.default",
    "backward_elimination.cox": 'rms::fastbw(cph(Surv(t, d) ~ x), rule, type = "individual")',
    "backward_elimination.logistic": 'rms::fastbw(lrm(y ~ x), rule, type = "individual")',
    "describe": "quantile(t, type = 7)",
}
COUNTS = {"refused", "n_risk", "n_event", "n_censor", "dropped", "kept", "df"}
FITTED = {
    *("coef", "std_error", "z", "lower", "upper", "hazard_ratio", "odds_ratio", "covariance", "intercept"),
    *("chi_square", "wald"),
}
# Numbers near 0 are compared absolutely below this size: a coefficient is no less exact for being near 0.
FLOOR = 1e-3


@dataclass(frozen=True)
class Tolerance:
    """The largest relative difference allowed."""

    limit: float
    r_call: str

    def difference(self, measured: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
        """Relative to R's number, or to FLOOR where that is larger; missing on one side only is infinitely far."""
        apart = np.abs(measured - expected) / np.maximum(np.abs(expected), FLOOR)
        both_missing = np.isnan(measured) & np.isnan(expected)
        return np.where(both_missing, 0.0, np.where(np.isnan(apart), np.inf, apart))


def tolerance_of(statistic: str) -> Tolerance:
    """By the first and the last part of its name."""
    r_call = next(call for family, call in R_CALLS.items() if statistic.startswith(family))
    family, kind = statistic.split(".", maxsplit=1)[0], statistic.rsplit(".", maxsplit=1)[-1]
    if kind in COUNTS:
        return Tolerance(EXACT, r_call)
    if kind == "p_value":
        return Tolerance(P_VALUE, r_call)
    iterative = family in {"cox", "logistic", "backward_elimination"} and kind in FITTED
    return Tolerance(ITERATIVE if iterative else CLOSED_FORM, r_call)
