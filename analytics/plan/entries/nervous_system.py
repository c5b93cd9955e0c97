"""Disease of the central nervous system (D44), and together with other extramedullary disease (X27)."""

import numpy as np

from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import BY_COUNTING, COUNTED, count
from analytics.plan.registry import analysis
from analytics.plan.results import Table


@analysis(
    "nervous-system",
    title="Central nervous system and other extramedullary disease",
    section="Patients",
    kind="table",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    note="Of the denominators the patients whose answer is not known are left out, row by row.",
    more_figures=("P67", "P68"),
    r="""
list(parts(yes(d$cns_dx), yes(d$cns_dx) & yes(d$cns_rr), among = known(d$cns_dx)), row(),
count(yes(d$cns_rr), known(d$cns_rr)), count(yes(d$cns_rr) | yes(d$emd), known(d$cns_rr) & known(d$emd)),
count(yes(d$cns_rr) & yes(d$emd), known(d$cns_rr) & known(d$emd)))
""",
)
def nervous_system(data: AnalysisDataSet) -> Table:
    """P67 and P68; the paper does not say whether its 12 with extramedullary disease include those of the CNS."""
    first, later, elsewhere = data.flag("cns_dx"), data.flag("cns_rr"), data.flag("emd")
    high_dose = np.array(["hd_mtx" in cell and "hd_arac" in cell for cell in data.codes("cns_rr_therapy")], dtype=bool)
    known = data.known("cns_rr")
    only_later = later & ~first
    return Table(
        n=data.n,
        rows=(
            count(
                "CNS at first diagnosis",
                {"all": first, "also at relapse": first & later},
                known=data.known("cns_dx"),
                figure="P67",
            ),
            count(
                "CNS at relapsed or refractory disease only",
                {
                    "all": only_later,
                    "high-dose methotrexate and cytarabine": only_later & high_dose,
                    "intrathecal therapy, radiation or both": only_later & ~high_dose,
                },
                known=known,
                figure="P68",
            ),
            count("CNS at relapsed or refractory disease", later, known=known),
            count("CNS or other extramedullary disease", later | elsewhere, known=known & data.known("emd")),
            count("CNS and other extramedullary disease", later & elsewhere, known=known & data.known("emd")),
        ),
    )
