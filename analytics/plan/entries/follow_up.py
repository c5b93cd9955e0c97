"""Completeness of follow-up, and mean survival within a limit of time."""

from dataclasses import replace

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Numbers
from analytics.plan.clock import in_days, in_months
from analytics.plan.counting import left_out, single
from analytics.plan.curves import CONFIDENCE
from analytics.plan.entries.survival import FROM_HCT, FROM_INO
from analytics.plan.registry import NotPossible, analysis
from analytics.plan.results import Number, Single, Table
from analytics.stats import clark_completeness, kaplan_meier
from analytics.stats import restricted_mean as restricted_mean_of

WITHIN_MONTHS = 24
RESTRICTED_MEAN = "area under the Kaplan-Meier curve up to 24 months, interval from Greenwood's variance"
CLARK = "observed follow-up as a share of potential follow-up, which ends at death or at the cut-off (Clark 2002)"


@analysis(
    "completeness",
    title="Completeness of follow-up",
    section="Survival",
    kind="number",
    population="all patients",
    clock="first INO dose to data cut-off",
    event="death",
    method=CLARK,
    software="clark_completeness (R: sum(observed) / sum(potential))",
    r="""
list(with(d[known(d$entry_date) & known(d$last_contact_date) &
            is(as.Date(d$entry_date) <= as.Date(d$cutoff_date), TRUE), ], {
  entered <- as.Date(entry_date); cutoff <- as.Date(cutoff_date); last <- pmin(as.Date(last_contact_date), cutoff)
  dead <- os_event == 1 & as.Date(last_contact_date) <= cutoff
  observed <- as.numeric(last - entered)
  row(100 * sum(observed) / sum(ifelse(dead, observed, as.numeric(cutoff - entered))), n = length(entered))
}))
""",
)
def completeness(data: AnalysisDataSet) -> Single:
    """Clark's completeness index at the registry's data cut-off."""
    entry, contact, cut_off = (_days(data, name) for name in ("entry_date", "last_contact_date", "cutoff_date"))
    if data.n and np.isnan(cut_off).all():
        raise NotPossible("no data cut-off is set")
    chosen = ~np.isnan(entry) & ~np.isnan(contact) & (entry <= cut_off)
    found = clark_completeness(
        entry[chosen], contact[chosen], event=data.flag("os_event")[chosen], cutoff=cut_off[chosen]
    )
    number = Number(
        label="Follow-up observed by the cut-off",
        value=100 * found.value,
        n=Count(chosen),
        events=Count(chosen & data.flag("os_event")),
        population="all patients",
        method=CLARK,
        unit="%",
    )
    outside = left_out("first INO dose after the cut-off, or dates not known", Count(~chosen))
    return replace(single(number), n_excluded=outside)


def _days(data: AnalysisDataSet, name: str) -> Numbers:
    """A column of dates as days since 1970; NaN where it is empty."""
    days = np.array([cell or "NaT" for cell in data.codes(name)], dtype="datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(float))


@analysis(
    "restricted-mean",
    title="Mean survival within 24 months",
    section="Survival",
    kind="table",
    population="all patients",
    clock=f"{FROM_INO}; {FROM_HCT}",
    event="death",
    method=RESTRICTED_MEAN,
    software="restricted_mean (R: print(survfit(), rmean = 730.5))",
    r="list(rmst(d$os_days, d$os_event), rmst(d$os_hct_days, d$os_event))",
)
def restricted_mean(data: AnalysisDataSet) -> Table:
    """From both clocks."""
    rows = (
        _restricted_mean(data, "From the first INO dose", "os_days"),
        _restricted_mean(data, "From HCT", "os_hct_days"),
    )
    return Table(n=data.n, rows=rows)


def _restricted_mean(data: AnalysisDataSet, label: str, column: str) -> Number:
    curve = kaplan_meier(data.numbers(column), data.flag("os_event"))
    found = restricted_mean_of(curve, in_days(WITHIN_MONTHS))
    is_followed = float(curve.time[-1]) >= in_days(WITHIN_MONTHS) or float(curve.survival[-1]) == 0
    number = Number(
        label=label,
        n=data.n,
        events=Count(data.flag("os_event")),
        population="all patients",
        method=RESTRICTED_MEAN,
        unit="months",
    )
    if not is_followed:
        return replace(number, error=f"follow-up ends before {WITHIN_MONTHS} months")
    return replace(
        number,
        value=in_months(found.value),
        lower=in_months(found.lower),
        upper=in_months(found.upper),
        interval=CONFIDENCE,
    )
