"""Overall survival from HCT between the prespecified groups: a figure a grouping, and the tests together."""

from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.by_group import survival_by_group
from analytics.plan.comparing import LOG_RANK, compare_survival
from analytics.plan.entries.survival import FROM_HCT, KAPLAN_MEIER
from analytics.plan.groups import GROUPINGS, Grouping
from analytics.plan.once import once
from analytics.plan.registry import analysis
from analytics.plan.results import Curve, Number, Tests

SECTION = "Survival by group"


@analysis(
    "survival-tests",
    title="Overall survival from HCT between groups",
    section=SECTION,
    kind="test",
    population="all patients",
    clock=FROM_HCT,
    event="death",
    method=LOG_RANK,
    software="log_rank (R: survdiff)",
    note="Every group is known on the day of HCT, when the clock starts. Not adjusted for the number of tests.",
    r="lapply(GROUPS, log_rank)",
)
def survival_tests(data: AnalysisDataSet) -> Tests:
    """One row a grouping."""
    return Tests(n=data.n, rows=tuple(_test(data, grouping) for grouping in GROUPINGS))


@once
def _test(data: AnalysisDataSet, grouping: Grouping) -> Number:
    return compare_survival(grouping.members(data), data, grouping.title)


def _register(grouping: Grouping) -> None:
    @analysis(
        f"survival-by-{grouping.id}",
        title=f"Overall survival from HCT by {grouping.in_words}",
        section=SECTION,
        kind="curve",
        population="all patients",
        clock=FROM_HCT,
        event="death",
        method=f"{KAPLAN_MEIER}; {LOG_RANK}",
        software='kaplan_meier (R: survfit(conf.type = "log")), log_rank (R: survdiff)',
        r=f"survival_by({grouping.r})",
    )
    def survival(data: AnalysisDataSet) -> Curve:
        return survival_by_group(grouping.members(data), data, grouping.in_words, test=_test(data, grouping))


for _grouping in GROUPINGS:
    _register(_grouping)
