"""From one state to the next: karyotype, response and MRD across time, and what patients died of."""

from analytics.cohort.columns import COLUMNS
from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Mask
from analytics.plan.counting import BY_COUNTING, COUNTED, count, everybody, left_out
from analytics.plan.registry import analysis
from analytics.plan.results import Number, Table

CLASSES = COLUMNS["cyto_class"].codes
RESPONSES = COLUMNS["best_resp_ino"].codes
BEFORE_HCT = COLUMNS["resp_before_hct"].codes
MRD_RESULTS = COLUMNS["mrd_pre_hct"].codes
CAUSES = COLUMNS["death_cause"].codes


@analysis(
    "genetics-course",
    title="Karyotype from first diagnosis to relapse",
    section="Genetics",
    kind="table",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    note="One row a class at first diagnosis; its parts are the classes at relapsed or refractory disease (D08).",
    r="""
with(d, cross(cyto_class, c("normal", "t922", "complex", "other", NA), is(cyto_class_rr, "normal"),
              is(cyto_class_rr, "t922"), is(cyto_class_rr, "complex"), is(cyto_class_rr, "other"),
              is.na(cyto_class_rr)))
""",
)
def genetics_course(data: AnalysisDataSet) -> Table:
    """The rows add up to all patients, and so do the parts of each to its row."""
    first, later = data.codes("cyto_class"), data.codes("cyto_class_rr")
    parts = {label: later == code for code, label in CLASSES.items()} | {"not available": later == ""}
    rows = {label: first == code for code, label in CLASSES.items()} | {"not available": first == ""}
    return _cross_table(rows, parts, data, "First diagnosis")


@analysis(
    "response-course",
    title="Response before HCT by best response to INO",
    section="INO and response",
    kind="table",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    note="Treatment between INO and HCT may improve the response; a relapse in between is kept apart (D21).",
    r="""
with(d, cross(best_resp_ino, c("cr", "cri", "pr", "rd", "pd", NA), is(resp_before_hct, "cr"),
              is(resp_before_hct, "pr"), is(resp_before_hct, "rd"), is(resp_before_hct, "rel"),
              is.na(resp_before_hct)))
""",
)
def response_course(data: AnalysisDataSet) -> Table:
    """D18 against D21."""
    best, before = data.codes("best_resp_ino"), data.codes("resp_before_hct")
    parts = {label: before == code for code, label in BEFORE_HCT.items()} | {"not known": before == ""}
    rows = {label: best == code for code, label in RESPONSES.items()} | {"not known": best == ""}
    return _cross_table(rows, parts, data, "Best response to INO")


@analysis(
    "mrd-course",
    title="MRD before HCT by karyotype and by later outcome",
    section="INO and response",
    kind="table",
    population="patients in CR or CRi at HCT",
    method=COUNTED,
    software=BY_COUNTING,
    note="Counts only; incidence with its clock is in the curves by group.",
    r="""
with(d, cross(mrd_pre_hct, c("neg", "pos", "dnq", NA), yes(ph_positive), ci_status == 1, ci_status == 2, ci_status == 0,
              among = yes(cr_at_hct)))
""",
)
def mrd_course(data: AnalysisDataSet) -> Table:
    """Each result with Ph status, relapse and death in remission."""
    in_remission = data.flag("cr_at_hct")
    result, status = data.codes("mrd_pre_hct"), data.codes("ci_status")
    rows = {label: result == code for code, label in MRD_RESULTS.items()} | {"not known": result == ""}
    parts = {
        "Ph-positive": data.flag("ph_positive"),
        "relapse or progression after HCT": status == "1",
        "death in remission": status == "2",
        "alive without relapse": status == "0",
    }
    table = _cross_table(rows, parts, data, "Before HCT", within=in_remission)
    outside = left_out("not in CR or CRi at HCT", Count(~in_remission))
    return Table(n=Count(in_remission), n_excluded=outside, rows=table.rows)


@analysis(
    "cause-of-death",
    title="Cause of death",
    section="Relapse and death in remission",
    kind="table",
    population="patients who died",
    event="death",
    method=COUNTED,
    software=BY_COUNTING,
    note="One primary cause a patient; contributing causes are recorded apart (X17).",
    r="""
cross(d$death_cause, c("relapse", "sos", "gvhd", "covid", "sepsis", "mof", "graft", "second", "other", NA),
      d$ci_status == 2, d$ci_status == 1, among = d$os_event == 1)
""",
)
def cause_of_death(data: AnalysisDataSet) -> Table:
    """Every cause that occurs, in remission and after relapse."""
    dead, cause, status = data.flag("os_event"), data.codes("death_cause"), data.codes("ci_status")
    rows = {label: cause == code for code, label in CAUSES.items()} | {"not known": cause == ""}
    parts = {"in remission": status == "2", "after relapse or progression": status == "1"}
    table = _cross_table(rows, parts, data, "Cause", within=dead)
    return Table(n=Count(dead), n_excluded=left_out("alive at last contact", Count(~dead)), rows=table.rows)


def _cross_table(
    rows: dict[str, Mask], parts: dict[str, Mask], data: AnalysisDataSet, state: str, *, within: Mask | None = None
) -> Table:
    """A row for each state that anybody is in; its denominator is the patients in it."""
    inside = everybody(data) if within is None else within

    def row(label: str, mask: Mask) -> Number:
        return count(
            f"{state}: {label}", parts, known=everybody(data), within=mask & inside, population="patients of the row"
        )

    return Table(n=data.n, rows=tuple(row(label, mask) for label, mask in rows.items() if (mask & inside).any()))
