"""Karyotype classes at diagnosis, at relapse and once per patient (D04 to D06)."""

from dataclasses import replace

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import BY_COUNTING, COUNTED, count, everybody, left_out, single
from analytics.plan.registry import analysis
from analytics.plan.results import Single, Table

WITH_KARYOTYPE = "patients with a banded karyotype"
LABELS = {"t922": "t(9;22)", "normal": "Normal karyotype", "complex": "Complex karyotype", "other": "Other abnormality"}


def _classes(data: AnalysisDataSet, column: str, figures: dict[str, str]) -> Table:
    """Who has a banded karyotype, and its class among these."""
    classes, known, everyone = data.codes(column), data.known(column), everybody(data)
    available = count("Banded karyotype available", known, known=everyone, figure=figures.get("", ""))
    rows = (
        count(label, classes == code, known=known, population=WITH_KARYOTYPE, figure=figures.get(code, ""))
        for code, label in LABELS.items()
    )
    return Table(n=Count(known), n_excluded=left_out("no banded karyotype", Count(~known)), rows=(available, *rows))


@analysis(
    "genetics-diagnosis",
    title="Karyotype at first diagnosis",
    section="Genetics",
    kind="table",
    population=WITH_KARYOTYPE,
    method=COUNTED,
    software=BY_COUNTING,
    note="Class derived from the ISCN string (D04): t(9;22) first, then three or more abnormalities, none, other.",
    figures=("P17", "P18a", "P18b", "P18c", "P18d"),
    r="classes(d$cyto_class)",
)
def at_diagnosis(data: AnalysisDataSet) -> Table:
    """P17 and P18."""
    figures = {"": "P17", "t922": "P18a", "normal": "P18b", "complex": "P18c", "other": "P18d"}
    return _classes(data, "cyto_class", figures)


@analysis(
    "genetics-relapse",
    title="Karyotype at relapsed or refractory disease",
    section="Genetics",
    kind="table",
    population=WITH_KARYOTYPE,
    method=COUNTED,
    software=BY_COUNTING,
    figures=("P20", "P21a", "P21b", "P21c", "P21d"),
    r="classes(d$cyto_class_rr)",
)
def at_relapse(data: AnalysisDataSet) -> Table:
    """P20 and P21."""
    figures = {"": "P20", "t922": "P21a", "normal": "P21b", "complex": "P21c", "other": "P21d"}
    return _classes(data, "cyto_class_rr", figures)


@analysis(
    "genetics-patient",
    title="Karyotype class once per patient",
    section="Genetics",
    kind="table",
    population=WITH_KARYOTYPE,
    method=COUNTED,
    software=BY_COUNTING,
    note="t(9;22) at either time point, else complex at either, else diagnosis, else relapse (D06, X02).",
    more_figures=("P19",),
    r="""
c(classes(d$cyto_class_patient), list(with(d, parts(
  is(cyto_class_patient, "normal"), is(cyto_class_patient, "t922"), is(cyto_class_patient, "complex"),
  is(cyto_class_patient, "other"), is.na(cyto_class_patient)
))))
""",
)
def of_patient(data: AnalysisDataSet) -> Table:
    """P19, each patient in one class only."""
    classes, table = data.codes("cyto_class_patient"), _classes(data, "cyto_class_patient", {})
    parts = {LABELS[code]: classes == code for code in ("normal", "t922", "complex", "other")}
    together = count(
        "Classes with the missing",
        parts | {"missing": classes == ""},
        known=everybody(data),
        partition=True,
        figure="P19",
    )
    return replace(table, rows=(*table.rows, together))


@analysis(
    "philadelphia",
    title="Philadelphia chromosome or BCR::ABL1",
    section="Genetics",
    kind="number",
    population="patients with a known result",
    method=COUNTED,
    software=BY_COUNTING,
    r="list(count(yes(d$ph_positive), known(d$ph_positive)))",
)
def philadelphia(data: AnalysisDataSet) -> Single:
    """D07."""
    positive, known = data.flag("ph_positive"), data.known("ph_positive")
    return single(count("Positive at any time", positive, known=known, population="patients with a known result"))


@analysis(
    "chronic-myeloid-leukaemia",
    title="Antecedent chronic myeloid leukaemia",
    section="Genetics",
    kind="number",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    figures=("P26",),
    r='list(count(is(d$dx_entity, "cml_lbc"), known(d$dx_entity)))',
)
def chronic_myeloid_leukaemia(data: AnalysisDataSet) -> Single:
    """P26."""
    blast_crisis, known = data.codes("dx_entity") == "cml_lbc", data.known("dx_entity")
    return single(count("CML in B-lymphoid blast crisis", blast_crisis, known=known, figure="P26"))
