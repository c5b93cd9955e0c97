"""Our tests and descriptions on a data set, under the names that the R scripts in r/ give to the same numbers."""

import numpy as np
from numpy.typing import NDArray

from analytics import stats
from tests.conformance.data_sets import Columns
from tests.conformance.values import Tree, unless_refused

ENOUGH = 100  # subjects in a table for an exact test in R
ENOUGH_OF_MANY_CELLS = 50  # more fill three rows and six columns in too many ways for a test of seconds


def describe(columns: Columns) -> Tree:
    d = stats.describe(columns["time"])
    return {"quantiles": [d.minimum, d.lower_quartile, d.median, d.upper_quartile, d.maximum]}


def log_rank(columns: Columns) -> Tree:
    level, stratum = _level(columns), columns["stratum"]
    return {
        "three_groups": _log_rank(columns, level),
        "two_groups": _log_rank(columns, columns["x2"]),
        "strata": _log_rank(columns, level, strata=stratum),
        "rho": _log_rank(columns, level, rho=1.0),
        "rho_strata": _log_rank(columns, level, rho=0.5, strata=stratum),
    }


def gray_test(columns: Columns) -> Tree:
    level, stratum = _level(columns), columns["stratum"]
    return {
        "cause_1": _gray_test(columns, level),
        "cause_2": _gray_test(columns, level, cause=2),
        "two_groups": _gray_test(columns, columns["x2"]),
        "strata": _gray_test(columns, level, strata=stratum),
        "rho": _gray_test(columns, level, rho=1.0),
        "rho_strata": _gray_test(columns, level, rho=0.5, strata=stratum),
    }


def wilcoxon(columns: Columns) -> Tree:
    return {
        value: unless_refused(lambda value=value: _test(stats.wilcoxon(*_split(columns[value], columns["x2"], 2))))
        for value in ("x1", "x3")
    }


def kruskal_wallis(columns: Columns) -> Tree:
    return {
        value: unless_refused(
            lambda value=value: _test(stats.kruskal_wallis(*_split(columns[value], columns["stratum"], 3)))
        )
        for value in ("x1", "x3")
    }


def fisher_exact(columns: Columns) -> Tree:
    rows = {name: values[:ENOUGH] for name, values in columns.items()}
    few = {name: values[:ENOUGH_OF_MANY_CELLS] for name, values in columns.items()}
    fourfold = stats.fisher_exact(_table(rows["outcome"], rows["x2"], (2, 2)))
    assert fourfold.odds_ratio is not None
    ratio = [fourfold.odds_ratio.value, fourfold.odds_ratio.lower, fourfold.odds_ratio.upper]
    larger = {
        "2_by_3": _table(rows["outcome"], rows["stratum"], (2, 3)),
        "3_by_3": _table(rows["stratum"], _level(rows), (3, 3)),
        "3_by_6": _table(few["status"], few["stratum"] + 3 * few["x2"], (3, 6)),
    }
    return {
        "2_by_2.p_value": fourfold.p_value,
        "2_by_2.odds_ratio": ratio,
        **{f"{name}.p_value": stats.fisher_exact(table).p_value for name, table in larger.items()},
    }


def clark_completeness(columns: Columns) -> Tree:
    entry, time = columns["x1"], columns["time"]
    cutoffs = (entry.max() + np.median(time) + 1, entry.max() + 1)
    found = [stats.clark_completeness(entry, entry + time, columns["status"] > 0, cutoff) for cutoff in cutoffs]
    return {"completeness": [estimate.value for estimate in found]}


def exact_proportion(columns: Columns) -> Tree:
    n, n_events = columns["outcome"].size, int(columns["outcome"].sum())
    found = [stats.exact_proportion(n_events, n, conf_level=level) for level in (0.95, 0.998)]
    return {"limits": [limit for estimate in found for limit in (estimate.lower, estimate.upper)]}


def funnel_limits(columns: Columns) -> Tree:
    sizes = np.bincount(columns["stratum"].astype(int))
    lower, upper = stats.funnel_limits(columns["outcome"].mean(), sizes[sizes > 0])
    return {"lower": lower, "upper": upper}


def _log_rank(columns: Columns, group: NDArray[np.float64], **options: object) -> Tree:
    event = columns["status"] > 0
    return unless_refused(lambda: _test(stats.log_rank(columns["time"], event, group, **options)))  # type: ignore[arg-type]


def _gray_test(columns: Columns, group: NDArray[np.float64], **options: object) -> Tree:
    status = columns["status"]
    return unless_refused(lambda: _test(stats.gray_test(columns["time"], status, group, **options)))  # type: ignore[arg-type]


def _test(test: stats.TestResult) -> Tree:
    values: Tree = {"statistic": test.statistic, "p_value": test.p_value}
    if test.df is not None:
        values["df"] = test.df
    if test.observed is not None:
        values |= {"observed": test.observed, "expected": test.expected}
    return values


def _level(columns: Columns) -> NDArray[np.float64]:
    return columns["x4"] + 2 * columns["x5"]


def _split(values: NDArray[np.float64], group: NDArray[np.float64], n_groups: int) -> list[NDArray[np.float64]]:
    return [values[group == code] for code in range(n_groups)]


def _table(row: NDArray[np.float64], column: NDArray[np.float64], shape: tuple[int, int]) -> NDArray[np.int64]:
    place = (row * shape[1] + column).astype(int)
    return np.bincount(place, minlength=shape[0] * shape[1]).reshape(shape)
