"""Conditioning, donor, interval to HCT and maintenance."""

from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import BY_COUNTING, BY_DESCRIBE, COUNTED, MEDIAN, count, median, single
from analytics.plan.registry import analysis
from analytics.plan.results import Single, Table


@analysis(
    "transplant",
    title="Allogeneic HCT",
    section="Transplant and maintenance",
    kind="table",
    population="all patients",
    method=f"{COUNTED}; {MEDIAN}",
    software=BY_DESCRIBE,
    note="Double alkylators are derived from the drugs given as conditioning (D25, X03).",
    figures=("P48", "P49", "P50", "P51"),
    r="""
list(parts(yes(d$mac), no(d$mac), among = known(d$mac)), count(yes(d$dual_alkylators), known(d$dual_alkylators)),
parts(is(d$donor3, "mrel"), is(d$donor3, "mud"), is(d$donor3, "haplo_cb"), among = known(d$donor3)),
count(is(d$donor3, "other"), known(d$donor3)), med(d$ino_last_to_hct), med(d$ino_first_to_hct))
""",
)
def transplant(data: AnalysisDataSet) -> Table:
    """P48 to P51."""
    mac, intensity_known = data.flag("mac"), data.known("mac")
    donor, donor_known = data.codes("donor3"), data.known("donor3")
    donors = {"matched related": "mrel", "matched unrelated": "mud", "haploidentical or cord blood": "haplo_cb"}
    return Table(
        n=data.n,
        rows=(
            count(
                "Conditioning",
                {"myeloablative": mac, "reduced intensity": ~mac},
                known=intensity_known,
                partition=True,
                figure="P48",
            ),
            count("Double alkylators", data.flag("dual_alkylators"), known=data.known("dual_alkylators"), figure="P49"),
            count("Donor", {label: donor == code for label, code in donors.items()}, known=donor_known, figure="P50"),
            count("Mismatched related or unrelated donor", donor == "other", known=donor_known),
            median("Last INO dose to HCT", data.numbers("ino_last_to_hct"), unit="days", figure="P51"),
            median("First INO dose to HCT", data.numbers("ino_first_to_hct"), unit="days"),
        ),
    )


@analysis(
    "maintenance",
    title="Maintenance or pre-emptive treatment after HCT",
    section="Transplant and maintenance",
    kind="number",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    figures=("P52",),
    r="list(count(yes(d$maintenance), known(d$maintenance)))",
)
def maintenance(data: AnalysisDataSet) -> Single:
    """P52."""
    return single(count("Maintenance given", data.flag("maintenance"), known=data.known("maintenance"), figure="P52"))
