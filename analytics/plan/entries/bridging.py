"""Treatment between INO and HCT (D19), and the response to blinatumomab before INO."""

import numpy as np

from analytics.cohort.data_set import AnalysisDataSet, Mask
from analytics.plan.counting import BY_COUNTING, COUNTED, count, everybody
from analytics.plan.registry import analysis
from analytics.plan.results import Number, Table


def _with(data: AnalysisDataSet, course: str) -> Mask:
    """Who was given this course, among whatever else."""
    return np.array([course in given.split("; ") for given in data.codes("bridging_given")], dtype=bool)


@analysis(
    "bridging",
    title="Treatment between INO and HCT",
    section="INO and response",
    kind="table",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    note="By the reason of the first course; the number behind an agent is that of its cycles.",
    more_figures=("P40", "P41", "P42", "P43"),
    r="""
with(d, {
  gave <- function(course) among_given(bridging_given, course)
  rescued <- is(bridging_reason, "no_resp") & yes(cr_at_hct)
  reinduced <- is(bridging_reason, "relapse") & yes(cr_at_hct)
  for_mrd <- is(bridging_reason, "mrd"); one <- for_mrd & gave("blina 1"); two <- for_mrd & gave("blina 2")
  list(parts(rescued, rescued & gave("blina 1.5"), rescued & gave("hypercvad 2")),
       parts(reinduced, reinduced & gave("hidac_mito 1"), reinduced & gave("blina 2")),
       parts(one | two, one, two, (one | two) & is(mrd_pre_hct, "neg")), parts(is(bridging_reason, "maint")))
})
""",
)
def bridging(data: AnalysisDataSet) -> Table:
    """P40 to P43."""
    reason, in_remission = data.codes("bridging_reason"), data.flag("cr_at_hct")
    rescued, reinduced = (reason == "no_resp") & in_remission, (reason == "relapse") & in_remission
    for_mrd, negative = reason == "mrd", data.codes("mrd_pre_hct") == "neg"
    one, one_and_a_half, two = (_with(data, f"blina {cycles}") for cycles in ("1", "1.5", "2"))

    def row(label: str, parts: dict[str, Mask], figure: str) -> Number:
        return count(label, parts, known=everybody(data), figure=figure)

    return Table(
        n=data.n,
        rows=(
            row(
                "No response to INO, in CR at HCT",
                {
                    "all": rescued,
                    "blinatumomab, 1.5 cycles": rescued & one_and_a_half,
                    "HyperCVAD, 2 cycles": rescued & _with(data, "hypercvad 2"),
                },
                "P40",
            ),
            row(
                "Relapse after CR on INO, in CR at HCT",
                {
                    "all": reinduced,
                    "high-dose cytarabine and mitoxantrone": reinduced & _with(data, "hidac_mito 1"),
                    "blinatumomab, 2 cycles": reinduced & two,
                },
                "P41",
            ),
            row(
                "Blinatumomab for MRD",
                {
                    "all": for_mrd & (one | two),
                    "1 cycle": for_mrd & one,
                    "2 cycles": for_mrd & two,
                    "MRD-negative before HCT": for_mrd & (one | two) & negative,
                },
                "P42",
            ),
            row("Maintenance while waiting", {"vincristine, methotrexate, 6-mercaptopurine": reason == "maint"}, "P43"),
        ),
    )


@analysis(
    "blinatumomab-response",
    title="Response to blinatumomab before INO",
    section="Treatment before INO",
    kind="table",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    note="Best response to the first line with blinatumomab (D10); given for MRD it is no response of the disease.",
    more_figures=("P31",),
    r="""
with(d, list(parts(
  is(blina_context, "first") & is(blina_response, "cr", "cri"),
  is(blina_context, "primref") & is(blina_response, "cr", "cri"),
  is(blina_context, "primref") & is(blina_response, "rd", "pd"),
  is(blina_context, "relapse") & is(blina_response, "cr", "cri"),
  is(blina_context, "relapse") & is(blina_response, "rd", "pd"),
  among = yes(blina_before) & is(blina_context, "first", "primref", "relapse") & known(blina_response)
)))
""",
)
def blinatumomab_response(data: AnalysisDataSet) -> Table:
    """P31: by setting, those treated for MRD left out."""
    setting, response, given = data.codes("blina_context"), data.codes("blina_response"), data.flag("blina_before")
    in_remission, refractory = np.isin(response, ("cr", "cri")), np.isin(response, ("rd", "pd"))
    treated = given & np.isin(setting, ("first", "primref", "relapse"))
    number = count(
        "Response to blinatumomab",
        {
            "first line, CR": (setting == "first") & in_remission,
            "primary refractory, CR": (setting == "primref") & in_remission,
            "primary refractory, refractory": (setting == "primref") & refractory,
            "relapse, CR": (setting == "relapse") & in_remission,
            "relapse, refractory": (setting == "relapse") & refractory,
        },
        known=data.known("blina_response"),
        within=treated,
        population="patients with blinatumomab in first line, for refractory disease or relapse",
        figure="P31",
    )
    return Table(n=data.n, rows=(number,))
