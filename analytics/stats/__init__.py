"""The estimators: arrays in, frozen results out, equal to R's; no Django, no input or output."""

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
)
from analytics.stats.incidence import IncidenceCurve, cumulative_incidence
from analytics.stats.logistic import LogisticModel, logistic
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
    "IncidenceCurve",
    "InputError",
    "LogisticModel",
    "NoEventsError",
    "Selection",
    "SeparationError",
    "StatisticsError",
    "SurvivalCurve",
    "TestResult",
    "backward_elimination",
    "count",
    "cox",
    "cumulative_incidence",
    "describe",
    "kaplan_meier",
    "logistic",
    "reverse_kaplan_meier",
]
