"""The course of every patient on one line each."""

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Numbers
from analytics.plan.registry import NotPossible, analysis
from analytics.plan.results import Number, Table

MOST_PATIENTS = 200  # more lines cannot be told apart on a page
METHOD = "days from the first INO dose; the longest course first, no patient number"


@analysis(
    "courses",
    title="Course of every patient from the first INO dose",
    section="Survival",
    kind="table",
    population="all patients",
    clock="first INO dose to death or last contact",
    event="first CR or CRi, HCT, SOS/VOD, relapse or progression, death",
    method=METHOD,
    software="subtraction of dates",
    drawn_as="swimmer",
    r="""
with(d, listed(cbind(response_day, ino_first_to_hct, ino_first_to_hct + hct_to_sos, ino_first_to_hct + hct_to_relapse,
                     ifelse(os_event == 1, os_days, NA), ifelse(os_event == 1, NA, os_days)),
               order(-os_days, patient_id, method = "radix")))
""",
)
def courses(data: AnalysisDataSet) -> Table:
    """The days of what happened to each patient, the end last."""
    if data.n > MOST_PATIENTS:
        raise NotPossible(f"not drawn for more than {MOST_PATIENTS} patients")
    to_hct, last = data.numbers("ino_first_to_hct"), data.numbers("os_days")
    days: dict[str, Numbers] = {
        "first CR or CRi": data.numbers("response_day"),
        "HCT": to_hct,
        "SOS/VOD": to_hct + data.numbers("hct_to_sos"),
        "relapse or progression": to_hct + data.numbers("hct_to_relapse"),
        "death": np.where(data.flag("os_event"), last, np.nan),
        "last contact": np.where(data.flag("os_event"), np.nan, last),
    }
    longest_first = np.lexsort((data.codes("patient_id"), -last))
    rows = (
        _course(number, data.only(row), {name: values[row] for name, values in days.items()})
        for number, row in enumerate(longest_first.tolist(), start=1)
    )
    return Table(n=data.n, rows=tuple(rows))


def _course(number: int, patient: Count, days: dict[str, float]) -> Number:
    happened = {name: int(day) for name, day in days.items() if not np.isnan(day)}
    return Number(
        label=f"Course {number}",
        value=tuple(happened.values()),
        parts=tuple(happened),
        n=patient,
        population="one patient",
        method=METHOD,
        unit="days",
    )
