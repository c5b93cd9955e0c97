"""SOS/VOD in the prespecified groups: frequency with exact limits, exact tests, and who the patients with it are."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Mask, Numbers
from analytics.plan.comparing import CHI_SQUARE, FISHER, compare_frequency, tested
from analytics.plan.counting import COUNTED, count
from analytics.plan.curves import CONFIDENCE
from analytics.plan.entries.sos import SOS_EVENT
from analytics.plan.few_events import few
from analytics.plan.groups import GROUPINGS
from analytics.plan.registry import analysis
from analytics.plan.results import Group, Number, Table, Tests
from analytics.stats import StatisticsError, exact_proportion, kruskal_wallis

SECTION = "SOS/VOD"
CLOPPER_PEARSON = "percentage of the patients of the group, exact interval (Clopper and Pearson 1934)"
KRUSKAL_WALLIS = "Kruskal-Wallis rank sum test between patients with and without SOS/VOD"
MEASURED = (
    ("Age, years", "age"),
    ("Last INO dose to HCT, days", "ino_last_to_hct"),
    ("First INO dose to HCT, days", "ino_first_to_hct"),
    ("INO cycles", "ino_cycles"),
    ("White blood cells, 10^9/L", "wbc"),
    ("Platelets, 10^9/L", "plt"),
    ("Bone marrow blasts, %", "bm_blasts"),
)


@analysis(
    "sos-by-group",
    title="Frequency of SOS/VOD by group",
    section=SECTION,
    kind="table",
    population="patients of the group with a known answer",
    event=SOS_EVENT,
    method=CLOPPER_PEARSON,
    software="exact_proportion (R: binom.test)",
    r="""
c(list(proportion(yes(d$sos), known(d$sos))),
  lapply(unlist(GROUPS, recursive = FALSE), function(who) proportion(yes(d$sos), who & known(d$sos))))
""",
)
def sos_by_group(data: AnalysisDataSet) -> Table:
    """One row a group, and everybody first."""
    occurred, known = data.flag("sos"), data.known("sos")
    rows = [_frequency("All patients", np.ones(data.n, dtype=bool), known, event=occurred)]
    for grouping in GROUPINGS:
        for label, mask in grouping.members(data).items():
            rows.append(_frequency(f"{grouping.title}: {label}", mask, known, event=occurred))
    return Table(n=data.n, rows=tuple(rows))


def _frequency(label: str, group: Mask, known: Mask, *, event: Mask) -> Number:
    n, events = Count(group & known), Count(group & event)
    number = Number(
        label=label,
        n=n,
        events=events,
        missing=Count(group & ~known),
        population="patients of the group with a known answer",
        method=CLOPPER_PEARSON,
        unit="%",
    )
    if not n:
        return replace(number, error="no known answer")
    found = exact_proportion(events, n)
    value, lower, upper = (100 * part for part in (found.value, found.lower, found.upper))
    return replace(number, value=value, lower=lower, upper=upper, interval=CONFIDENCE)


@analysis(
    "sos-by-conditioning-and-alkylators",
    title="SOS/VOD by conditioning and alkylators together",
    section=SECTION,
    kind="table",
    population="all patients",
    event=SOS_EVENT,
    method=COUNTED,
    software="counting",
    r="""
unlist(lapply(GROUPS[[1]], function(intensity) lapply(GROUPS[[2]], function(number) {
  parts(yes(d$sos), yes(d$sos_fatal), among = intensity & number & known(d$sos))
})), recursive = FALSE)
""",
)
def sos_by_conditioning_and_alkylators(data: AnalysisDataSet) -> Table:
    """Four groups, each with its SOS/VOD and its deaths of it."""
    conditioning, alkylators = (grouping.members(data) for grouping in GROUPINGS[:2])
    rows = (
        count(
            f"{intensity}, {number}",
            {"SOS/VOD": data.flag("sos"), "fatal": data.flag("sos_fatal")},
            known=data.known("sos"),
            within=intense & dual,
            population="patients of the group",
        )
        for intensity, intense in conditioning.items()
        for number, dual in alkylators.items()
    )
    return Table(n=data.n, rows=tuple(rows))


@analysis(
    "sos-tests",
    title="Frequency of SOS/VOD between groups",
    section=SECTION,
    kind="test",
    population="all patients",
    event=SOS_EVENT,
    method=FISHER,
    software="fisher_exact (R: fisher.test)",
    note="Not adjusted for the number of tests.",
    r="lapply(GROUPS, function(members) fisher(Filter(any, lapply(members, `&`, known(d$sos))), yes(d$sos)))",
)
def sos_tests(data: AnalysisDataSet) -> Tests:
    """One row a grouping."""
    known = data.known("sos")

    def compared() -> Iterator[Number]:
        for grouping in GROUPINGS:
            members = {label: mask & known for label, mask in grouping.members(data).items()}
            yield compare_frequency(members, data.flag("sos"), grouping.title)

    return Tests(n=data.n, rows=tuple(compared()))


@analysis(
    "sos-characteristics",
    title="Patients with and without SOS/VOD",
    section=SECTION,
    kind="test",
    population="all patients",
    event=SOS_EVENT,
    method=KRUSKAL_WALLIS,
    software="kruskal_wallis (R: kruskal.test)",
    note="The test that the paper announces for measured characteristics; it prints no result (X18).",
    r="""
list(kruskal(d$age), kruskal(d$ino_last_to_hct), kruskal(d$ino_first_to_hct), kruskal(d$ino_cycles), kruskal(d$wbc),
kruskal(d$plt), kruskal(d$bm_blasts))
""",
)
def sos_characteristics(data: AnalysisDataSet) -> Tests:
    """One row a measured characteristic."""
    rows = (_between(label, data.numbers(column), data) for label, column in MEASURED)
    return Tests(n=data.n, rows=tuple(rows))


def _between(label: str, values: Numbers, data: AnalysisDataSet) -> Number:
    known = data.known("sos") & ~np.isnan(values)
    occurred = known & data.flag("sos")
    n, events = Count(known), Count(occurred)
    about = Number(
        label=label,
        n=n,
        events=events,
        missing=Count(~known),
        population="all patients",
        method=KRUSKAL_WALLIS,
        unit=CHI_SQUARE,
    )
    if warning := few([Group("all", n, min(events, n - events))]):
        return replace(about, error=f"not tested: {warning}")
    try:
        return tested(kruskal_wallis(values[occurred], values[known & ~data.flag("sos")]), about)
    except StatisticsError as error:
        return replace(about, error=str(error))
