"""Tests between groups as numbers. With too few events in a group there is no P value but the reason."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Mask
from analytics.plan.curves import CONFIDENCE, finite
from analytics.plan.few_events import few
from analytics.plan.groups import Members
from analytics.plan.results import Group, Number
from analytics.stats import FisherTest, StatisticsError, TestResult, fisher_exact, gray_test, log_rank

LOG_RANK = "log-rank test"
GRAY = "Gray's test"
FISHER = "Fisher's exact test, two-sided; between two groups also the conditional odds ratio with its exact interval"
CHI_SQUARE = "chi-square"

# The exact test of more than two groups goes through all their tables, which are too many in a large registry.
GROUPS_OF_ANY_SIZE = 2
MOST_PATIENTS = 2_000
TOO_MANY = f"not tested: an exact test of more than two groups takes at most {MOST_PATIENTS} patients"

Numbering = NDArray[np.int64]
Test = Callable[[Mask, Numbering], TestResult]


def compare_survival(members: Members, data: AnalysisDataSet, label: str) -> Number:
    """Overall survival from HCT, log-rank."""
    time, event = data.numbers("os_hct_days"), data.flag("os_event")

    def test(chosen: Mask, group: Numbering) -> TestResult:
        return log_rank(time[chosen], event[chosen], group)

    return _compare(members, _about(members, event, label, method=LOG_RANK), test)


def compare_incidence(members: Members, data: AnalysisDataSet, label: str, *, cause: int) -> Number:
    """Incidence of one of the competing events, Gray."""
    time, status = data.numbers("ci_days"), data.codes("ci_status").astype(np.int64)

    def test(chosen: Mask, group: Numbering) -> TestResult:
        return gray_test(time[chosen], status[chosen], group, cause=cause)

    return _compare(members, _about(members, status == cause, label, method=GRAY), test)


def compare_frequency(members: Members, event: Mask, label: str) -> Number:
    """How often something happened, Fisher."""
    about = replace(_about(members, event, label, method=FISHER), unit="odds ratio")
    if len(members) > GROUPS_OF_ANY_SIZE and about.n > MOST_PATIENTS:
        return replace(about, error=TOO_MANY)

    def test(chosen: Mask, group: Numbering) -> TestResult:
        with_event = np.bincount(group[event[chosen]], minlength=len(members))
        return fisher_exact(np.column_stack((with_event, np.bincount(group) - with_event)))

    return _compare(members, about, test)


def _about(members: Members, event: Mask, label: str, *, method: str) -> Number:
    """What is known before the test: patients and events of each group."""
    groups = tuple(Group(name, Count(mask), Count(mask & event)) for name, mask in members.items())
    anywhere = np.logical_or.reduce(list(members.values())) if members else np.zeros(event.size, dtype=bool)
    return Number(
        label=label,
        n=Count(anywhere),
        events=Count(anywhere & event),
        missing=Count(~anywhere),
        groups=groups,
        population="all patients",
        method=method,
        unit=CHI_SQUARE,
    )


def _compare(members: Members, about: Number, test: Test) -> Number:
    if len(members) < 2:
        return replace(about, error="not tested: there are no two groups")
    if warning := few(about.groups):
        return replace(about, error=f"not tested: {warning}")
    chosen = np.logical_or.reduce(list(members.values()))
    group = np.select(list(members.values()), list(range(len(members))))[chosen]
    try:
        return tested(test(chosen, group), about)
    except StatisticsError as error:
        return replace(about, error=str(error))


def tested(found: TestResult, about: Number) -> Number:
    """A test added to what is known ``about`` it."""
    if isinstance(found, FisherTest):
        return _fisher(found, about)
    groups = about.groups
    if found.expected is not None:
        expected = found.expected.tolist()
        groups = tuple(replace(group, expected=events) for group, events in zip(groups, expected, strict=True))
    return replace(about, value=found.statistic, df=found.df, p=found.p_value, groups=groups)


def _fisher(found: FisherTest, about: Number) -> Number:
    """A table of more than two groups has no odds ratio."""
    ratio = found.odds_ratio
    if ratio is None:
        return replace(about, unit="", p=found.p_value)
    value, lower, upper = finite(ratio.value), finite(ratio.lower), finite(ratio.upper)
    return replace(about, value=value, lower=lower, upper=upper, interval=CONFIDENCE, p=found.p_value)
