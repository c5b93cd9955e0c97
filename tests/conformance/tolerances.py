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
    "restricted_mean": "print(survfit(Surv(t, d) ~ 1), rmean = tau)",
    "cumulative_incidence.1.at": "cmprsk::timepoints(cuminc(t, status), times)",
    "cumulative_incidence.2.at": "cmprsk::timepoints(cuminc(t, status), times)",
    "cumulative_incidence": "cmprsk::cuminc(t, status)",
    "log_rank.two_groups": "survdiff(Surv(t, d) ~ x)",
    "log_rank.three_groups": "survdiff(Surv(t, d) ~ g)",
    "log_rank.strata": "survdiff(Surv(t, d) ~ g + strata(s))",
    "log_rank.rho_strata": "survdiff(Surv(t, d) ~ g + strata(s), rho = 0.5)",
    "log_rank.rho": "survdiff(Surv(t, d) ~ g, rho = 1)",
    "gray_test.strata": "cmprsk::cuminc(t, status, g, s)$Tests",
    "gray_test.rho_strata": "cmprsk::cuminc(t, status, g, s, rho = 0.5)$Tests",
    "gray_test.rho": "cmprsk::cuminc(t, status, g, rho = 1)$Tests",
    "gray_test": "cmprsk::cuminc(t, status, g)$Tests",
    "cox.efron": 'coxph(Surv(t, d) ~ x, ties = "efron")',
    "cox.breslow": 'coxph(Surv(t, d) ~ x, ties = "breslow")',
    "cox.stratified": "coxph(Surv(t, d) ~ x + strata(s))",
    "proportional_hazards.efron": 'cox.zph(coxph(Surv(t, d) ~ x), transform = "km")',
    "proportional_hazards.breslow": 'cox.zph(coxph(Surv(t, d) ~ x, ties = "breslow"), transform = "km")',
    "proportional_hazards.stratified": 'cox.zph(coxph(Surv(t, d) ~ x + strata(s)), transform = "km")',
    "fine_gray.cause_1": "cmprsk::crr(t, status, x)",
    "fine_gray.cause_2": "cmprsk::crr(t, status, x, failcode = 2)",
    "firth_logistic.brglm2": 'glm(y ~ x, binomial, method = brglm2::brglmFit, type = "AS_mean")',
    "firth_logistic": "optim and uniroot on the penalised likelihood (r/firth_logistic.R)",
    "logistic": "glm(y ~ x, binomial), confint.default",
    "backward_elimination.cox": 'rms::fastbw(cph(Surv(t, d) ~ x), rule, type = "individual")',
    "backward_elimination.logistic": 'rms::fastbw(lrm(y ~ x), rule, type = "individual")',
    "wilcoxon": "wilcox.test(x, y, exact = FALSE)",
    "kruskal_wallis": "kruskal.test(x, g)",
    "fisher_exact.2_by_2.odds_ratio": "the equations of fisher.test, solved by uniroot with tol = 1e-14",
    "fisher_exact": "fisher.test(counts)",
    "describe": "quantile(t, type = 7)",
    "clark_completeness": "sum(observed) / sum(ifelse(event, observed, cutoff - entry))",
    "exact_proportion": "binom.test(x, n)$conf.int",
    "funnel_limits": "qbinom(0.025, n, p) / n",
}
COUNTS = {"refused", "n_risk", "n_event", "n_censor", "dropped", "kept", "df"}
FITTED = {
    *("coef", "std_error", "z", "lower", "upper", "hazard_ratio", "odds_ratio", "covariance", "intercept"),
    *("chi_square", "wald", "statistic"),
}
ITERATIVE_FAMILIES = {
    *("cox", "proportional_hazards", "fine_gray", "logistic", "firth_logistic", "backward_elimination", "fisher_exact"),
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
    iterative = family in ITERATIVE_FAMILIES and kind in FITTED
    return Tolerance(ITERATIVE if iterative else CLOSED_FORM, r_call)
