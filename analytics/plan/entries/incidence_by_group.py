"""Relapse and death in remission between the prespecified groups: a figure a grouping, and the tests together."""

from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.by_group import incidence_by_group
from analytics.plan.comparing import GRAY, compare_incidence
from analytics.plan.entries.incidence import (
    AALEN_JOHANSEN,
    COMPETING,
    DEATH_IN_REMISSION,
    FROM_REMISSION,
    ORIGIN,
    RELAPSE,
)
from analytics.plan.groups import GROUPINGS, Grouping
from analytics.plan.once import once
from analytics.plan.registry import analysis
from analytics.plan.results import Curve, Number, Tests

SECTION = "Relapse and death in remission by group"
NOT_ADJUSTED = "The clock is the published one. Not adjusted for the number of tests."


@analysis(
    "relapse-tests",
    title="Relapse or progression between groups",
    section=SECTION,
    kind="test",
    population="all patients",
    clock=FROM_REMISSION,
    event="relapse or progression after HCT; death in remission competes",
    method=GRAY,
    software="gray_test (R: cmprsk::cuminc()$Tests)",
    note=NOT_ADJUSTED,
    r="lapply(GROUPS, gray, cause = 1)",
)
def relapse_tests(data: AnalysisDataSet) -> Tests:
    """One row a grouping."""
    return _tests(data, RELAPSE)


@analysis(
    "death-in-remission-tests",
    title="Death in remission between groups",
    section=SECTION,
    kind="test",
    population="all patients",
    clock=FROM_REMISSION,
    event="death in remission; relapse or progression competes",
    method=GRAY,
    software="gray_test (R: cmprsk::cuminc()$Tests)",
    note=NOT_ADJUSTED,
    r="lapply(GROUPS, gray, cause = 2)",
)
def death_in_remission_tests(data: AnalysisDataSet) -> Tests:
    """One row a grouping."""
    return _tests(data, DEATH_IN_REMISSION)


def _tests(data: AnalysisDataSet, cause: int) -> Tests:
    return Tests(n=data.n, rows=tuple(_test(data, grouping, cause) for grouping in GROUPINGS))


@once
def _test(data: AnalysisDataSet, grouping: Grouping, cause: int) -> Number:
    return compare_incidence(grouping.members(data), data, grouping.title, cause=cause)


def _register(grouping: Grouping) -> None:
    @analysis(
        f"incidence-by-{grouping.id}",
        title=f"Relapse and death in remission by {grouping.in_words}",
        section=SECTION,
        kind="curve",
        population="all patients",
        clock=FROM_REMISSION,
        event="relapse or progression after HCT; death in remission",
        method=f"{AALEN_JOHANSEN}; {GRAY}",
        software="cumulative_incidence, gray_test (R: cmprsk::cuminc)",
        r=f"incidence_by({grouping.r})",
    )
    def incidence(data: AnalysisDataSet) -> Curve:
        return incidence_by_group(
            grouping.members(data),
            data,
            grouping.in_words,
            causes=COMPETING,
            origin=ORIGIN,
            tests={cause: _test(data, grouping, cause) for cause in COMPETING},
        )


for _grouping in GROUPINGS:
    _register(_grouping)
