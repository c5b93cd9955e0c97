"""Our curves on a data set, under the names that the R scripts in r/ give to the same numbers."""

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from analytics import stats
from tests.conformance.data_sets import Columns
from tests.conformance.values import Tree, chosen_times, thin, unless_refused


def kaplan_meier(columns: Columns) -> Tree:
    time, event = columns["time"], columns["status"] > 0
    curve = stats.kaplan_meier(time, event)
    at = curve.at(chosen_times(time))
    names = ("time", "n_risk", "n_event", "n_censor", "survival", "std_error")
    result: Tree = {name: thin(getattr(curve, name)) for name in names}
    for conf_type in ("log", "log-log", "plain"):
        curve = stats.kaplan_meier(time, event, conf_type=conf_type)
        result[conf_type] = {
            "lower": thin(curve.lower),
            "upper": thin(curve.upper),
            "quantiles": _quantiles(curve),
        }
    result["at"] = {n: getattr(at, n) for n in ("n_risk", "n_event", "survival", "std_error", "lower", "upper")}
    result["reverse"] = {"quantiles": _quantiles(stats.reverse_kaplan_meier(time, event))}
    return result


def cumulative_incidence(columns: Columns) -> Tree:
    return unless_refused(lambda: _incidence_curves(columns))


def _incidence_curves(columns: Columns) -> Tree:
    time, status = columns["time"], columns["status"]
    result = {}
    for cause, curve in stats.cumulative_incidence(time, status).items():
        # cuminc has rows at 0, at the times of the cause and at the end
        rows = np.unique(np.concatenate(([0], time[status == cause], [time.max()])))
        steps, at = curve.at(rows), curve.at(chosen_times(time))
        result[str(cause)] = {
            "time": thin(rows),
            "estimate": thin(steps.estimate),
            "variance": thin(steps.variance),
            "at": {"estimate": at.estimate, "variance": at.variance},
        }
    return result


def restricted_mean(columns: Columns) -> Tree:
    curve = stats.kaplan_meier(columns["time"], columns["status"] > 0)
    means = [stats.restricted_mean(curve, 1 + share * columns["time"].max()) for share in (0.25, 0.5, 1, 1.2)]
    return {field.name: [getattr(mean, field.name) for mean in means] for field in fields(stats.Estimate)}


def _quantiles(curve: stats.SurvivalCurve) -> NDArray[np.float64]:
    """As R prints them: all values, then all lower limits, then all upper limits."""
    estimates = [curve.quantile(p) for p in (0.25, 0.5, 0.75)]
    return np.array([[getattr(e, field.name) for e in estimates] for field in fields(stats.Estimate)])
