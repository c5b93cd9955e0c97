"""Changes of the karyotype from first diagnosis to relapse that the paper tells one by one (D08)."""

from analytics.cohort.data_set import AnalysisDataSet, Mask
from analytics.plan.counting import BY_COUNTING, COUNTED, count
from analytics.plan.registry import analysis
from analytics.plan.results import Number, Table


@analysis(
    "karyotype-changes",
    title="Changes of the karyotype from first diagnosis to relapse",
    section="Genetics",
    kind="table",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    note="Each row among the patients of one class at first diagnosis; all classes are in the table before.",
    more_figures=("P22", "P23", "P24", "P25"),
    r="""
list(count(is(d$cyto_class_rr, "complex"), is(d$cyto_class, "normal")),
count(is(d$cyto_class_rr, "normal"), is(d$cyto_class, "t922")),
count(is.na(d$cyto_class_rr) & yes(d$bcr_abl1_pcr_rr), is(d$cyto_class, "t922")),
parts(is(d$cyto_class_rr, "complex"), is(d$cyto_class_rr, "normal"), is(d$cyto_class_rr, "other"),
      is.na(d$cyto_class_rr), among = is(d$cyto_class, "complex")))
""",
)
def karyotype_changes(data: AnalysisDataSet) -> Table:
    """P22 to P25."""
    first, later, molecular = data.codes("cyto_class"), data.codes("cyto_class_rr"), data.flag("bcr_abl1_pcr_rr")

    def among(code: str, label: str, chosen: Mask | dict[str, Mask], figure: str) -> Number:
        return count(
            label,
            chosen,
            known=data.known("cyto_class"),
            within=first == code,
            population="patients of the class at first diagnosis",
            figure=figure,
        )

    course = {"complex": later == "complex", "normal": later == "normal", "other": later == "other"}
    return Table(
        n=data.n,
        rows=(
            among("normal", "Normal, at relapse complex", later == "complex", "P22"),
            among("t922", "t(9;22), at relapse normal", later == "normal", "P23"),
            among("t922", "t(9;22), at relapse no banding but BCR::ABL1 by PCR", (later == "") & molecular, "P24"),
            among("complex", "Complex, at relapse", course | {"not analysed": later == ""}, "P25"),
        ),
    )
