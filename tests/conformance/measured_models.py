"""Our models on a data set, under the names that the R scripts in r/ give to the same numbers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics import stats
from tests.conformance.data_sets import COVARIATES, Columns
from tests.conformance.values import Tree, unless_refused

MODEL = ("coef", "std_error", "z", "p_value", "lower", "upper", "covariance")
TOO_MANY = 2_000  # subjects for cmprsk::crr, whose time grows with the square, and for the penalised fits in R


def cox(columns: Columns) -> Tree:
    return {
        "efron": unless_refused(lambda: _cox_values(_fit_cox(columns))),
        "breslow": unless_refused(lambda: _cox_values(_fit_cox(columns, ties="breslow"))),
        "stratified": unless_refused(lambda: _cox_values(_fit_cox(columns, strata=columns["stratum"]))),
    }


def logistic(columns: Columns) -> Tree:
    return unless_refused(lambda: _logistic_values(_fit_logistic(columns)))


def backward_elimination(columns: Columns) -> Tree:
    return {
        "cox": unless_refused(lambda: _paths(_fit_cox(columns))),
        "logistic": unless_refused(lambda: _paths(_fit_logistic(columns))),
    }


def proportional_hazards(columns: Columns) -> Tree:
    return {
        "efron": unless_refused(lambda: _zph_values(_fit_cox(columns))),
        "breslow": unless_refused(lambda: _zph_values(_fit_cox(columns, ties="breslow"))),
        "stratified": unless_refused(lambda: _zph_values(_fit_cox(columns, strata=columns["stratum"]))),
    }


def fine_gray(columns: Columns) -> Tree:
    if columns["time"].size > TOO_MANY:
        return {}
    return {f"cause_{cause}": unless_refused(lambda cause=cause: _fine_gray_values(columns, cause)) for cause in (1, 2)}


def firth_logistic(columns: Columns) -> Tree:
    return {} if columns["time"].size > TOO_MANY else unless_refused(lambda: _firth_values(columns))


def _matrix(columns: Columns) -> NDArray[np.float64]:
    return np.column_stack([columns[name] for name in COVARIATES])


def _fit_cox(columns: Columns, **options: Any) -> stats.CoxModel:
    return stats.cox(columns["time"], columns["status"] == 1, _matrix(columns), names=COVARIATES, **options)


def _cox_values(model: stats.CoxModel) -> Tree:
    values = {name: getattr(model, name) for name in (*MODEL, "hazard_ratio", "concordance")}
    for name in ("likelihood_ratio", "wald", "score"):
        values[name] = getattr(model, name).statistic
        values[f"{name}.p_value"] = getattr(model, name).p_value
    return values | _likelihoods(model)


def _zph_values(model: stats.CoxModel) -> Tree:
    found = model.proportional_hazards()
    tests = (*found.covariates, found.overall)
    return {"statistic": [test.statistic for test in tests], "p_value": [test.p_value for test in tests]}


def _fine_gray_values(columns: Columns, cause: int) -> Tree:
    model = stats.fine_gray(columns["time"], columns["status"], _matrix(columns), cause=cause, names=COVARIATES)
    ratio = {"likelihood_ratio": model.likelihood_ratio.statistic}
    return {name: getattr(model, name) for name in (*MODEL, "hazard_ratio")} | ratio | _likelihoods(model)


def _firth_values(columns: Columns) -> Tree:
    model = stats.firth_logistic(columns["outcome"], _matrix(columns), names=COVARIATES)
    return (
        {name: getattr(model, name) for name in ("coef", "std_error", "p_value", "lower", "upper", "covariance")}
        | {"intercept": [model.intercept, model.intercept_std_error]}
        | {"likelihood_ratio": model.likelihood_ratio.statistic}
        | {
            "brglm2": {
                "coef": [model.intercept, *model.coef],
                "std_error": [model.intercept_std_error, *model.std_error],
            }
        }
        | _likelihoods(model)
    )


def _fit_logistic(columns: Columns) -> stats.LogisticModel:
    return stats.logistic(columns["outcome"], _matrix(columns), names=COVARIATES)


def _logistic_values(model: stats.LogisticModel) -> Tree:
    return (
        {name: getattr(model, name) for name in (*MODEL, "odds_ratio")}
        | {"intercept": [model.intercept, model.intercept_std_error]}
        | {"likelihood_ratio": model.likelihood_ratio.statistic}
        | {"likelihood_ratio.p_value": model.likelihood_ratio.p_value}
        | _likelihoods(model)
    )


def _likelihoods(model: stats.CoxModel | stats.FineGrayModel | stats.LogisticModel) -> Tree:
    return {"log_likelihood": [model.log_likelihood, model.null_log_likelihood]}


def _paths(model: stats.CoxModel | stats.LogisticModel) -> Tree:
    return {
        rule: _path(stats.backward_elimination(model, rule=rule, groups={"level": ("x4", "x5")}))
        for rule in ("p", "aic")
    }


def _path(selection: stats.Selection[Any]) -> Tree:
    number = {"x1": 1, "x2": 2, "x3": 3, "level": 4}
    steps = {name: [getattr(step, name) for step in selection.path] for name in ("chi_square", "df", "p_value")}
    kept = {"kept": [number[term] for term in selection.kept]}
    return kept | {"dropped": [number[step.term] for step in selection.path]} | (steps if selection.path else {})
