"""Doses of INO, and how extramedullary response was looked for."""

from analytics.cohort.columns import COLUMNS
from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import BY_COUNTING, BY_DESCRIBE, COUNTED, MEDIAN, count, left_out
from analytics.plan.registry import NotPossible, analysis
from analytics.plan.results import Number, Single
from analytics.stats import describe

DAYS = {
    "day 1": "ino_dose_day1",
    "day 8": "ino_dose_day8",
    "day 15": "ino_dose_day15",
    "day 1 after CR": "ino_dose_after_cr",
}
WITH_DISEASE = "patients with extramedullary disease"


@analysis(
    "ino-doses",
    title="INO dose, mg/m2",
    section="INO and response",
    kind="number",
    population="patients with a recorded dose",
    method=f"{MEDIAN}, day by day",
    software=BY_DESCRIBE,
    more_figures=("P33",),
    r="""
with(d, list(row(
  unname(sapply(list(ino_dose_day1, ino_dose_day8, ino_dose_day15, ino_dose_after_cr), median, na.rm = TRUE)),
  n = sum(known(ino_dose_day1))
)))
""",
)
def ino_doses(data: AnalysisDataSet) -> Single:
    """P33: median dose of the days of the first cycle and of day 1 after remission."""
    found = {day: describe(data.numbers(column)) for day, column in DAYS.items() if data.known(column).any()}
    if not found:
        raise NotPossible("no dose is recorded")
    known = data.known("ino_dose_day1")
    n = Count(known)
    number = Number(
        label="Median dose",
        value=tuple(float(each.median) for each in found.values()),
        parts=tuple(found),
        n=n,
        population="patients with a recorded dose",
        method=MEDIAN,
        unit="mg/m2",
        figure="P33",
    )
    return Single(n=n, n_excluded=left_out("no dose recorded", Count(~known)), number=number)


@analysis(
    "extramedullary-imaging",
    title="Imaging of extramedullary response",
    section="INO and response",
    kind="number",
    population=WITH_DISEASE,
    method=COUNTED,
    software=BY_COUNTING,
    more_figures=("P36",),
    r="""
with(d, list(parts(is(emd_imaging, "ct"), is(emd_imaging, "petct"), is(emd_imaging, "other"), is(emd_imaging, "none"),
                   among = yes(emd) & known(emd_imaging))))
""",
)
def extramedullary_imaging(data: AnalysisDataSet) -> Single:
    """P36."""
    imaging, diseased = data.codes("emd_imaging"), data.flag("emd")
    number = count(
        "Imaging",
        {label: imaging == code for code, label in COLUMNS["emd_imaging"].codes.items()},
        known=data.known("emd_imaging"),
        within=diseased,
        population=WITH_DISEASE,
        figure="P36",
    )
    outside = left_out("no extramedullary disease, or not known", Count(~diseased))
    return Single(n=number.n, n_excluded=outside | left_out("imaging not known", number.missing), number=number)
