"""Our side: each function prepares what is not timed and returns the call that is, which gives a number to compare."""

from collections.abc import Callable

import numpy as np

from analytics import stats
from analytics.stats.concordance import count_pairs
from analytics.stats.firth_likelihood import penalised_likelihood
from analytics.stats.logistic import read_logistic, standardise
from analytics.stats.ties import collapse_ties
from benchmarks.estimators.arrays import Arrays

Call = Callable[[], float]


def argsort(a: Arrays) -> Call:
    """What the others are compared with: the least that an estimator in order of time can do."""
    return lambda: float(np.argsort(a["time"])[0])


def kaplan_meier(a: Arrays) -> Call:
    return lambda: float(stats.kaplan_meier(a["time"], a["event"]).lower.sum())


def restricted_mean(a: Arrays) -> Call:
    return lambda: stats.restricted_mean(stats.kaplan_meier(a["time"], a["event"]), 1825).value


def log_rank(a: Arrays) -> Call:
    return lambda: stats.log_rank(a["time"], a["event"], a["group"]).statistic


def cumulative_incidence(a: Arrays) -> Call:
    return lambda: float(stats.cumulative_incidence(a["time"], a["status"])[1].at([1000]).variance[0])


def gray_test(a: Arrays) -> Call:
    return lambda: sum(stats.gray_test(a["time"], a["status"], a["group"], cause=cause).statistic for cause in (1, 2))


def cox(a: Arrays) -> Call:
    return lambda: float(stats.cox(a["time"], a["event"], a["x"]).concordance)


def proportional_hazards(a: Arrays) -> Call:
    model = stats.cox(a["time"], a["event"], a["x"])
    return lambda: model.proportional_hazards().overall.statistic


def concordance(a: Arrays) -> Call:
    def call() -> float:
        times = collapse_ties(a["time"])
        concordant, discordant, tied = count_pairs(a["x1"][times.order], a["event"][times.order] == 1, times.starts)
        return (concordant + tied / 2) / (concordant + discordant + tied)

    return call


def backward_elimination(a: Arrays) -> Call:
    def call() -> float:
        selection = stats.backward_elimination(stats.cox(a["time"], a["event"], a["x"]))
        return float(selection.model.coef[0]) if selection.model else 0.0

    return call


def fine_gray(a: Arrays) -> Call:
    return lambda: float(stats.fine_gray(a["time"], a["status"], a["x"]).std_error[0])


def logistic(a: Arrays) -> Call:
    return lambda: float(stats.logistic(a["outcome"], a["x"]).coef[0])


def firth_estimates(a: Arrays) -> Call:
    """Up to where brglm2 stops: neither limits nor P values from the profile."""

    def call() -> float:
        data = read_logistic(a["outcome"], a["x"], None)
        design, _, unit = standardise(data.covariates)
        point, _ = penalised_likelihood(design, data.outcome).maximise(np.zeros(design.shape[1]))
        return float(point.coef[1] / unit[0])

    return call


def firth_logistic(a: Arrays) -> Call:
    return lambda: float(stats.firth_logistic(a["outcome"], a["x"]).coef[0])


def kruskal_wallis(a: Arrays) -> Call:
    return lambda: stats.kruskal_wallis(*(a["x7"][a["group"] == code] for code in range(3))).statistic


def wilcoxon(a: Arrays) -> Call:
    return lambda: stats.wilcoxon(a["x7"][a["x2"] == 0], a["x7"][a["x2"] == 1]).statistic


def fisher_exact(a: Arrays) -> Call:
    def call() -> float:
        table = np.histogram2d(a["outcome"], a["x2"], bins=2)[0]
        found = stats.fisher_exact(table)
        assert found.odds_ratio is not None
        return found.odds_ratio.lower

    return call
