"""The patients with SOS/VOD one by one, as in Table 2 of the paper; cycles and onset."""

from collections.abc import Callable

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Numbers
from analytics.plan.counting import BY_COUNTING, COUNTED, count, everybody, left_out
from analytics.plan.entries.sos import SOS_EVENT, WITH_SOS
from analytics.plan.registry import NotPossible, analysis
from analytics.plan.results import Number, Table

LAST_CLASSICAL_DAY = 21  # D31
MOST_PATIENTS = 100
LISTING = "a row a patient, by grade, no patient number"
FLAGS = "Flags are 1 for yes and 0 for no; an item that is not known is left out."
IN_R = """
with(d, listed(cbind(age, ecog, sos_grade, allo_first_line, ino_cycles, ino_last_to_sos, mac, dual_alkylators,
                     hct_to_sos, as.numeric(sex == "F")),
               Filter(function(i) yes(sos)[i], order(sos_grade, hct_to_sos, method = "radix"))))
"""
ITEMS = {
    "age": "age",
    "ECOG": "ecog",
    "grade": "sos_grade",
    "HCT at first line": "allo_first_line",
    "INO cycles": "ino_cycles",
    "last INO to SOS/VOD": "ino_last_to_sos",
    "myeloablative": "mac",
    "double alkylators": "dual_alkylators",
    "HCT to SOS/VOD": "hct_to_sos",
}


@analysis(
    "sos-cycles-and-onset",
    title="SOS/VOD by INO cycles and by onset",
    section="SOS/VOD",
    kind="table",
    population="all patients",
    event=SOS_EVENT,
    method=COUNTED,
    software=BY_COUNTING,
    note="Onset is classical until day 21 after HCT and late thereafter (D31, X23).",
    more_figures=("P77",),
    r="""
with(d, list(
  parts(is(ino_cycles, 5), is(ino_cycles, 3), among = yes(sos_fatal) & known(ino_cycles)),
  parts(is(ino_cycles, 5), is(ino_cycles, 3), among = yes(sos) & known(ino_cycles)),
  parts(yes(sos), !yes(sos), among = yes(ino_gt2) & known(sos)),
  parts(hct_to_sos <= 21, hct_to_sos > 21, among = yes(sos) & known(hct_to_sos)),
  count(is.na(dual_alkylators))
))
""",
)
def sos_cycles_and_onset(data: AnalysisDataSet) -> Table:
    """P77 and X13: who had more than two cycles, among the deaths and among all."""
    occurred, fatal = data.flag("sos"), data.flag("sos_fatal")
    cycles, known, onset = data.numbers("ino_cycles"), data.known("ino_cycles"), data.numbers("hct_to_sos")
    more = {"five cycles": cycles == 5, "three cycles": cycles == 3}
    return Table(
        n=data.n,
        rows=(
            count(
                "More than two cycles, fatal SOS/VOD",
                more,
                known=known,
                within=fatal,
                population="patients with fatal SOS/VOD",
                figure="P77",
            ),
            count("More than two cycles, SOS/VOD", more, known=known, within=occurred, population=WITH_SOS),
            count(
                "More than two cycles",
                {"SOS/VOD": occurred, "no SOS/VOD": ~occurred},
                known=data.known("sos"),
                within=data.flag("ino_gt2"),
                population="patients with more than two cycles",
            ),
            count(
                "Onset",
                {"classical": onset <= LAST_CLASSICAL_DAY, "late": onset > LAST_CLASSICAL_DAY},
                known=~np.isnan(onset),
                within=occurred,
                population=WITH_SOS,
            ),
            count(
                "Conditioning incomplete: alkylators not known", ~data.known("dual_alkylators"), known=everybody(data)
            ),
        ),
    )


@analysis(
    "sos-patients",
    title="Patients with SOS/VOD one by one",
    section="SOS/VOD",
    kind="table",
    population=WITH_SOS,
    event=SOS_EVENT,
    method=LISTING,
    software="none",
    note=FLAGS,
    r=IN_R,
)
def sos_patients(data: AnalysisDataSet) -> Table:
    """P89, the listing of Table 2."""
    return _listed(data, lambda number, row: f"Patient {number}")


@analysis(
    "sos-patients-by-number",
    title="Patients with SOS/VOD by registry number",
    section="SOS/VOD",
    kind="table",
    population=WITH_SOS,
    event=SOS_EVENT,
    method="a row a patient, by grade",
    software="none",
    note=FLAGS,
    names_patients=True,
    r=IN_R,
)
def sos_patients_by_number(data: AnalysisDataSet) -> Table:
    """The same listing for those who look the patients up."""
    return _listed(data, lambda number, row: str(data.codes("patient_id")[row]))


def _listed(data: AnalysisDataSet, name: Callable[[int, int], str]) -> Table:
    occurred = data.flag("sos")
    if occurred.sum() > MOST_PATIENTS:
        raise NotPossible(f"not listed for more than {MOST_PATIENTS} patients")
    items = {label: _values(data, name) for label, name in ITEMS.items()}
    items["female"] = np.where(data.known("sex"), (data.codes("sex") == "F").astype(float), np.nan)
    by_grade = np.lexsort((data.numbers("hct_to_sos"), items["grade"]))
    rows = (
        _patient(name(number, row), data.only(row), {label: values[row] for label, values in items.items()})
        for number, row in enumerate(by_grade[occurred[by_grade]].tolist(), start=1)
    )
    outside = left_out("no SOS/VOD, or not known", Count(~occurred))
    return Table(n=Count(occurred), n_excluded=outside, rows=tuple(rows))


def _values(data: AnalysisDataSet, name: str) -> Numbers:
    """A column as numbers, also where its codes are digits."""
    return np.array([float(cell) if cell else np.nan for cell in data.codes(name)], dtype=np.float64)


def _patient(label: str, patient: Count, items: dict[str, float]) -> Number:
    known = {item: value for item, value in items.items() if not np.isnan(value)}
    return Number(
        label=label,
        value=tuple(int(value) if value.is_integer() else value for value in map(float, known.values())),
        parts=tuple(known),
        n=patient,
        population="one patient",
        method=LISTING,
        unit="as named",
    )
