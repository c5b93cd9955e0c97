"""The estimators: arrays in, frozen results out, equal to R's; no Django, no input or output."""

from analytics.stats.completeness import clark_completeness
from analytics.stats.cox import CoxModel, cox
from analytics.stats.descriptive import Count, Description, count, describe
from analytics.stats.elimination import EliminationStep, Selection, backward_elimination
from analytics.stats.errors import (
    CollinearError,
    ConvergenceError,
    InputError,
    NoEventsError,
    SeparationError,
    StatisticsError,
    TooLargeError,
)
from analytics.stats.fine_gray import FineGrayModel, fine_gray
from analytics.stats.firth import FirthModel, firth_logistic
from analytics.stats.fisher import FisherTest, fisher_exact
from analytics.stats.gray import gray_test
from analytics.stats.incidence import IncidenceCurve, cumulative_incidence
from analytics.stats.log_rank import log_rank
from analytics.stats.logistic import LogisticModel, logistic
from analytics.stats.proportional_hazards import ProportionalHazards
from analytics.stats.proportions import exact_proportion, funnel_limits
from analytics.stats.rank_tests import kruskal_wallis, wilcoxon
from analytics.stats.restricted_mean import restricted_mean
from analytics.stats.results import Estimate, TestResult
from analytics.stats.survival import SurvivalCurve, kaplan_meier, reverse_kaplan_meier

__all__ = [
    "CollinearError",
    "ConvergenceError",
    "Count",
    "CoxModel",
    "Description",
    "EliminationStep",
    "Estimate",
    "FineGrayModel",
    "FirthModel",
    "FisherTest",
    "IncidenceCurve",
    "InputError",
    "LogisticModel",
    "NoEventsError",
    "ProportionalHazards",
    "Selection",
    "SeparationError",
    "StatisticsError",
    "SurvivalCurve",
    "TestResult",
    "TooLargeError",
    "backward_elimination",
    "clark_completeness",
    "count",
    "cox",
    "cumulative_incidence",
    "describe",
    "exact_proportion",
    "fine_gray",
    "firth_logistic",
    "fisher_exact",
    "funnel_limits",
    "gray_test",
    "kaplan_meier",
    "kruskal_wallis",
    "log_rank",
    "logistic",
    "restricted_mean",
    "reverse_kaplan_meier",
    "wilcoxon",
]
