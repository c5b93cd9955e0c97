"""Who died in remission, patient by patient: what a safety report is read for."""

import numpy as np

from analytics.cohort.columns import COLUMNS
from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import left_out
from analytics.plan.registry import NotPossible, analysis
from analytics.plan.results import Number, Table

DAYS = {"INO to death": "os_days", "HCT to death": "os_hct_days", "HCT to SOS/VOD": "hct_to_sos"}
POPULATION = "patients who died in remission"
MOST_PATIENTS = 200
LISTING = "a row a patient with the days to what happened, the earliest death after HCT first"


@analysis(
    "deaths-in-remission-by-number",
    title="Deaths in remission by registry number",
    section="Relapse and death in remission",
    kind="table",
    population=POPULATION,
    event="death without relapse or progression after HCT",
    method=LISTING,
    software="none",
    names_patients=True,
    r="""
with(d, listed(cbind(os_days, os_hct_days, hct_to_sos),
               Filter(function(i) ci_status[i] == 2, order(os_hct_days, patient_id, method = "radix"))))
""",
)
def deaths_in_remission(data: AnalysisDataSet) -> Table:
    """The cause stands beside the number of the patient."""
    died = data.codes("ci_status") == "2"
    if died.sum() > MOST_PATIENTS:
        raise NotPossible(f"not listed for more than {MOST_PATIENTS} patients")
    earliest_first = np.lexsort((data.codes("patient_id"), data.numbers("os_hct_days")))
    rows = tuple(_patient(data, row) for row in earliest_first[died[earliest_first]].tolist())
    outside = left_out("alive, or relapse or progression after HCT", Count(~died))
    return Table(n=Count(died), n_excluded=outside, rows=rows)


def _patient(data: AnalysisDataSet, row: int) -> Number:
    cause = COLUMNS["death_cause"].codes.get(str(data.codes("death_cause")[row]), "cause not known")
    days = {label: float(data.numbers(name)[row]) for label, name in DAYS.items()}
    known = {label: int(value) for label, value in days.items() if not np.isnan(value)}
    return Number(
        label=f"{data.codes('patient_id')[row]}: {cause}",
        value=tuple(known.values()),
        parts=tuple(known),
        n=data.only(row),
        population="one patient",
        method=LISTING,
        unit="days",
    )
