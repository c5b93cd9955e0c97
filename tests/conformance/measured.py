"""Our estimators on a data set, under the names that the R scripts in r/ give to the same numbers."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics import stats
from analytics.stats import StatisticsError
from tests.conformance.data_sets import COVARIATES, Columns

Values = dict[str, NDArray[np.float64]]
Tree = dict[str, Any]

LONGEST = 200
MODEL = ("coef", "std_error", "z", "p_value", "lower", "upper", "covariance")


def measure(columns: Columns) -> Values:
    """Every statistic of every family."""
    families = (kaplan_meier, cumulative_incidence, cox, logistic, backward_elimination, describe)
    return _flatten({family.__name__: family(columns) for family in families})


def kaplan_meier(columns: Columns) -> Tree:
    time, event = columns["time"], columns["status"] > 0
    curve = stats.kaplan_meier(time, event)
    at = curve.at(_chosen_times(time))
    names = ("time", "n_risk", "n_event", "n_censor", "survival", "std_error")
    result: Tree = {name: _thin(getattr(curve, name)) for name in names}
    for conf_type in ("log", "log-log", "plain"):
        curve = stats.kaplan_meier(time, event, conf_type=conf_type)
        result[conf_type] = {
            "lower": _thin(curve.lower),
            "upper": _thin(curve.upper),
            "quantiles": _quantiles(curve),
        }
    result["at"] = {n: getattr(at, n) for n in ("n_risk", "n_event", "survival", "std_error", "lower", "upper")}
    result["reverse"] = {"quantiles": _quantiles(stats.reverse_kaplan_meier(time, event))}
    return result


def cumulative_incidence(columns: Columns) -> Tree:
    return _unless_refused(lambda: _incidence_curves(columns))


def _incidence_curves(columns: Columns) -> Tree:
    time, status = columns["time"], columns["status"]
    result = {}
    for cause, curve in stats.cumulative_incidence(time, status).items():
        # cuminc has rows at 0, at the times of the cause and at the end
        rows = np.unique(np.concatenate(([0], time[status == cause], [time.max()])))
        steps, at = curve.at(rows), curve.at(_chosen_times(time))
        result[str(cause)] = {
            "time": _thin(rows),
            "estimate": _thin(steps.estimate),
            "variance": _thin(steps.variance),
            "at": {"estimate": at.estimate, "variance": at.variance},
        }
    return result


def cox(columns: Columns) -> Tree:
    return {
        "efron": _unless_refused(lambda: _cox_values(_fit_cox(columns))),
        "breslow": _unless_refused(lambda: _cox_values(_fit_cox(columns, ties="breslow"))),
        "stratified": _unless_refused(lambda: _cox_values(_fit_cox(columns, strata=columns["stratum"]))),
    }


def logistic(columns: Columns) -> Tree:
    return _unless_refused(lambda: _logistic_values(_fit_logistic(columns)))


def backward_elimination(columns: Columns) -> Tree:
    return {
        "cox": _unless_refused(lambda: _paths(_fit_cox(columns))),
        "logistic": _unless_refused(lambda: _paths(_fit_logistic(columns))),
    }


def describe(columns: Columns) -> Tree:
    d = stats.describe(columns["time"])
    return {"quantiles": [d.minimum, d.lower_quartile, d.median, d.upper_quartile, d.maximum]}


def _fit_cox(columns: Columns, **options: Any) -> stats.CoxModel:
    covariates = np.column_stack([columns[name] for name in COVARIATES])
    return stats.cox(columns["time"], columns["status"] == 1, covariates, names=COVARIATES, **options)


def _cox_values(model: stats.CoxModel) -> Tree:
    values = {name: getattr(model, name) for name in (*MODEL, "hazard_ratio", "concordance")}
    for name in ("likelihood_ratio", "wald", "score"):
        values[name] = getattr(model, name).statistic
        values[f"{name}.p_value"] = getattr(model, name).p_value
    return values | _likelihoods(model)


def _fit_logistic(columns: Columns) -> stats.LogisticModel:
    return stats.logistic(columns["outcome"], np.column_stack([columns[n] for n in COVARIATES]), names=COVARIATES)


def _logistic_values(model: stats.LogisticModel) -> Tree:
    return (
        {name: getattr(model, name) for name in (*MODEL, "odds_ratio")}
        | {"intercept": [model.intercept, model.intercept_std_error]}
        | {"likelihood_ratio": model.likelihood_ratio.statistic}
        | {"likelihood_ratio.p_value": model.likelihood_ratio.p_value}
        | _likelihoods(model)
    )


def _likelihoods(model: stats.CoxModel | stats.LogisticModel) -> Tree:
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


def _unless_refused(values: Callable[[], Tree]) -> Tree:
    try:
        return {"refused": 0.0, **values()}
    except StatisticsError:
        return {"refused": 1.0}


def _quantiles(curve: stats.SurvivalCurve) -> NDArray[np.float64]:
    """As R prints them: all values, then all lower limits, then all upper limits."""
    estimates = [curve.quantile(p) for p in (0.25, 0.5, 0.75)]
    return np.array([[getattr(e, field.name) for e in estimates] for field in fields(stats.Estimate)])


def _chosen_times(time: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.append(np.arange(10) * time.max() / 10, time.max())


def _thin(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Long curves at every k-th row, as in run.R."""
    return values[:: -(-values.size // LONGEST)] if values.size > LONGEST else values


def _flatten(tree: Tree, prefix: str = "") -> Values:
    flat: Values = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = np.atleast_1d(np.asarray(value, dtype=float)).ravel()
    return flat
