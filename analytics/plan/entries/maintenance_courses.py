"""Maintenance after HCT by agent and MRD, and why there was none (D43)."""

import numpy as np

from analytics.cohort.columns import COLUMNS
from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import BY_COUNTING, COUNTED, count, left_out
from analytics.plan.registry import analysis
from analytics.plan.results import Single, Table

WITHOUT = "patients without maintenance"
WITH = "patients with maintenance"


@analysis(
    "maintenance-agents",
    title="Maintenance after HCT by agent and MRD",
    section="Transplant and maintenance",
    kind="table",
    population=WITH,
    method=COUNTED,
    software=BY_COUNTING,
    more_figures=("P53", "P54"),
    r="""
with(d, {
  gave <- function(agent) agent_given(maintenance_given, agent)
  positive <- is(maintenance_mrd, "pos"); negative <- is(maintenance_mrd, "neg")
  known_courses <- yes(maintenance) & known(maintenance_given) & known(maintenance_mrd)
  list(parts(positive & gave("pon"), positive & gave("das"), among = known_courses),
       parts(positive & gave("blina") & gave("dli"), negative & gave("pon"), negative & gave("blina"),
             among = known_courses))
})
""",
)
def maintenance_agents(data: AnalysisDataSet) -> Table:
    """P53 and P54."""
    given, agents, mrd = data.flag("maintenance"), data.codes("maintenance_given"), data.codes("maintenance_mrd")
    ponatinib, dasatinib, blinatumomab, lymphocytes = (
        np.array([any(part.split(" ")[0] == agent for part in cell.split("; ")) for cell in agents], dtype=bool)
        for agent in ("pon", "das", "blina", "dli")
    )
    positive, negative = mrd == "pos", mrd == "neg"
    known = data.known("maintenance_given") & data.known("maintenance_mrd")
    rows = (
        count(
            "TKI, MRD-positive at start",
            {"ponatinib": positive & ponatinib, "dasatinib": positive & dasatinib},
            known=known,
            within=given,
            population=WITH,
            figure="P53",
        ),
        count(
            "Other maintenance",
            {
                "MRD-positive, blinatumomab and DLI": positive & blinatumomab & lymphocytes,
                "MRD-negative, ponatinib": negative & ponatinib,
                "MRD-negative, blinatumomab": negative & blinatumomab,
            },
            known=known,
            within=given,
            population=WITH,
            figure="P54",
        ),
    )
    return Table(n=Count(given), n_excluded=left_out("no maintenance, or not known", Count(~given)), rows=rows)


@analysis(
    "maintenance-withheld",
    title="Why no maintenance was given",
    section="Transplant and maintenance",
    kind="number",
    population=WITHOUT,
    method=COUNTED,
    software=BY_COUNTING,
    more_figures=("P55",),
    r="""
with(d, list(parts(
  is(maintenance_withheld, "agvhd"), is(maintenance_withheld, "relapse"), is(maintenance_withheld, "death"),
  is(maintenance_withheld, "policy"), is(maintenance_withheld, "other"),
  among = no(maintenance) & known(maintenance_withheld)
)))
""",
)
def maintenance_withheld(data: AnalysisDataSet) -> Single:
    """P55."""
    without, reason = data.known("maintenance") & ~data.flag("maintenance"), data.codes("maintenance_withheld")
    number = count(
        "Main reason",
        {label: reason == code for code, label in COLUMNS["maintenance_withheld"].codes.items()},
        known=data.known("maintenance_withheld"),
        within=without,
        population=WITHOUT,
        figure="P55",
    )
    outside = left_out("maintenance given, or not known", Count(~without))
    return Single(n=number.n, n_excluded=outside | left_out("reason not known", number.missing), number=number)
