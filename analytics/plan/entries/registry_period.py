"""Which centres contributed patients, and when INO was given."""

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import BY_COUNTING, left_out
from analytics.plan.registry import NotPossible, analysis
from analytics.plan.results import Number, Single

CENTRES = "number of centres with a patient in the data set"
YEARS = "calendar years of the earliest first and the latest last INO dose"


@analysis(
    "contributing-centres",
    title="Contributing centres",
    section="Centres",
    kind="number",
    population="patients with a known centre",
    method=CENTRES,
    software=BY_COUNTING,
    note="The paper lists 17 affiliations, which are eleven treating centres and one that coordinates (X16).",
    more_figures=("P06",),
    r="list(row(length(unique(na.omit(d$centre_no))), n = sum(known(d$centre_no))))",
)
def contributing_centres(data: AnalysisDataSet) -> Single:
    """P06."""
    known = data.known("centre_no")
    number = Number(
        label="Centres",
        value=int(np.unique(data.codes("centre_no")[known]).size),
        n=Count(known),
        population="patients with a known centre",
        method=CENTRES,
        unit="centres",
        figure="P06",
    )
    return Single(n=number.n, n_excluded=left_out("centre not known", Count(~known)), number=number)


@analysis(
    "period",
    title="Period of INO treatment",
    section="Patients",
    kind="number",
    population="patients with a date of the first INO dose",
    method=YEARS,
    software="subtraction of dates",
    more_figures=("P04",),
    r="""
list(with(d[known(d$entry_date), ], {
  first <- as.Date(entry_date)
  row(as.numeric(format(c(min(first), max(first + ino_first_to_hct - ino_last_to_hct)), "%Y")), n = length(first))
}))
""",
)
def period(data: AnalysisDataSet) -> Single:
    """P04; the last dose is as many days before HCT as it is in D23."""
    entry, known = data.codes("entry_date"), data.known("entry_date")
    if not known.any():
        raise NotPossible("no date of a first INO dose")
    first = entry[known].astype("datetime64[D]")
    on_ino = data.numbers("ino_first_to_hct")[known] - data.numbers("ino_last_to_hct")[known]
    last = first + on_ino.astype("timedelta64[D]")
    years = tuple(int(str(day)[:4]) for day in (first.min(), last.max()))
    number = Number(
        label="INO given in the years",
        value=years,
        parts=("from", "to"),
        n=Count(known),
        population="patients with a date of the first INO dose",
        method=YEARS,
        unit="year",
        figure="P04",
    )
    return Single(n=number.n, n_excluded=left_out("date not known", Count(~known)), number=number)
