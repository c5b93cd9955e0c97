"""lifelines' side: the calls that it has, on data frames made before the time counts."""

from collections.abc import Callable

import pandas
from lifelines import AalenJohansenFitter, CoxPHFitter, KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test, proportional_hazard_test
from lifelines.utils import concordance_index, restricted_mean_survival_time

from benchmarks.estimators.arrays import COVARIATES, Arrays

Call = Callable[[], float]


def kaplan_meier(a: Arrays) -> Call:
    return lambda: float(KaplanMeierFitter().fit(a["time"], a["event"]).confidence_interval_.iloc[:, 0].sum())


def restricted_mean(a: Arrays) -> Call:
    return lambda: restricted_mean_survival_time(KaplanMeierFitter().fit(a["time"], a["event"]), 1825)


def log_rank(a: Arrays) -> Call:
    return lambda: multivariate_logrank_test(a["time"], a["group"], a["event"]).test_statistic


def cumulative_incidence(a: Arrays) -> Call:
    def call() -> float:
        fits = [AalenJohansenFitter(seed=1).fit(a["time"], a["status"], event_of_interest=cause) for cause in (1, 2)]
        return float(fits[0].cumulative_density_.iloc[-1, 0])

    return call


def cox(a: Arrays) -> Call:
    frame = _frame(a)
    return lambda: float(CoxPHFitter().fit(frame, "time", "event").concordance_index_)


def proportional_hazards(a: Arrays) -> Call:
    frame = _frame(a)
    model = CoxPHFitter().fit(frame, "time", "event")
    return lambda: float(proportional_hazard_test(model, frame, time_transform="km").test_statistic[0])


def concordance(a: Arrays) -> Call:
    return lambda: concordance_index(a["time"], -a["x1"], a["event"])


def _frame(a: Arrays) -> pandas.DataFrame:
    return pandas.DataFrame(a["x"], columns=list(COVARIATES)).assign(time=a["time"], event=a["event"])
