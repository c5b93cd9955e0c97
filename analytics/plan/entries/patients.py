"""Table 1 without genetics: patients at relapsed or refractory disease."""

import numpy as np

from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import BY_COUNTING, BY_DESCRIBE, COUNTED, MEDIAN, count, everybody, median, single
from analytics.plan.registry import analysis
from analytics.plan.results import Single, Table

WITH_VALUE = "patients with a known value"
WITH_ANSWER = "patients with a known answer"


@analysis(
    "patients",
    title="Patients",
    section="Patients",
    kind="table",
    population="all patients",
    method=f"{COUNTED}; {MEDIAN}",
    software=BY_DESCRIBE,
    figures=("P01", "P02", "P03", "P13"),
    r='list(count(all_patients), med(d$age), count(d$age < 18, known(d$age)), count(is(d$sex, "F"), known(d$sex)))',
)
def patients(data: AnalysisDataSet) -> Table:
    """P01 to P03 and P13."""
    age, everyone = data.numbers("age"), everybody(data)
    return Table(
        n=data.n,
        rows=(
            count("Patients", everyone, known=everyone, figure="P01"),
            median("Age at relapsed or refractory disease", age, unit="years", figure="P02"),
            count("Adolescents, younger than 18 years", age < 18, known=data.known("age"), figure="P03"),
            count("Female", data.codes("sex") == "F", known=data.known("sex"), figure="P13"),
        ),
    )


@analysis(
    "laboratory",
    title="Laboratory values before INO",
    section="Patients",
    kind="table",
    population="all patients",
    method=MEDIAN,
    software=BY_DESCRIBE,
    figures=("P08", "P09", "P10", "P11", "P12"),
    r="list(med(d$wbc), med(d$plt), med(d$hb), med(d$ldh), med(d$bm_blasts))",
)
def laboratory(data: AnalysisDataSet) -> Table:
    """P08 to P12, values in standard units (D03)."""
    values = (
        ("P08", "wbc", "White blood cells", "10^9/L"),
        ("P09", "plt", "Platelets", "10^9/L"),
        ("P10", "hb", "Haemoglobin", "g/dL"),
        ("P11", "ldh", "Lactate dehydrogenase", "U/L"),
        ("P12", "bm_blasts", "Bone marrow blasts", "% of cells"),
    )
    rows = (
        median(label, data.numbers(name), unit=unit, population=WITH_VALUE, figure=figure)
        for figure, name, label, unit in values
    )
    return Table(n=data.n, rows=tuple(rows))


@analysis(
    "performance",
    title="ECOG performance status and extramedullary disease",
    section="Patients",
    kind="table",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    note="The denominator of ECOG counts the missing, that of extramedullary disease does not, as in the paper (X15).",
    figures=("P15a", "P15b", "P15c", "P16"),
    more_figures=("P14",),
    r="""
list(count(is(d$ecog, 0)), count(is(d$ecog, 1, 2)), count(is(d$ecog, 3, 4)), count(is.na(d$ecog)),
parts(is(d$ecog, 0), is(d$ecog, 1), is(d$ecog, 2), is.na(d$ecog)), count(yes(d$emd), known(d$emd)))
""",
)
def performance(data: AnalysisDataSet) -> Table:
    """P14 grade by grade, P15 in the grouping of Table 1 (X01), and P16."""
    ecog, emd, everyone = data.codes("ecog"), data.flag("emd"), everybody(data)
    grades = {f"grade {code}": ecog == code for code in ("0", "1", "2")} | {"missing": ecog == ""}
    return Table(
        n=data.n,
        rows=(
            count("ECOG 0", ecog == "0", known=everyone, figure="P15a"),
            count("ECOG 1 or 2", np.isin(ecog, ("1", "2")), known=everyone, figure="P15b"),
            count("ECOG 3 or 4", np.isin(ecog, ("3", "4")), known=everyone),
            count("ECOG missing", ecog == "", known=everyone, figure="P15c"),
            count("ECOG grade by grade", grades, known=everyone, figure="P14"),
            count("Extramedullary disease", emd, known=data.known("emd"), population=WITH_ANSWER, figure="P16"),
        ),
    )


@analysis(
    "cd22",
    title="CD22 at relapsed or refractory disease",
    section="Patients",
    kind="number",
    population=WITH_ANSWER,
    method=COUNTED,
    software=BY_COUNTING,
    figures=("P07",),
    r="list(count(yes(d$cd22_pos), known(d$cd22_pos)))",
)
def cd22(data: AnalysisDataSet) -> Single:
    """P07."""
    positive = data.flag("cd22_pos")
    return single(count("CD22 positive", positive, known=data.known("cd22_pos"), population=WITH_ANSWER, figure="P07"))


@analysis(
    "programme",
    title="How INO was obtained",
    section="Patients",
    kind="number",
    population=WITH_ANSWER,
    method=COUNTED,
    software=BY_COUNTING,
    figures=("P05",),
    r='list(count(is(d$ino_programme, "cup"), known(d$ino_programme)))',
)
def programme(data: AnalysisDataSet) -> Single:
    """P05."""
    compassionate, known = data.codes("ino_programme") == "cup", data.known("ino_programme")
    return single(count("Compassionate use", compassionate, known=known, population=WITH_ANSWER, figure="P05"))
