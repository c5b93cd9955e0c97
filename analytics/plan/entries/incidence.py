"""Relapse and death in remission, each the competing event of the other."""

from dataclasses import replace

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import BY_COUNTING, COUNTED, count, everybody
from analytics.plan.curves import incidence_at, incidence_line
from analytics.plan.registry import analysis
from analytics.plan.results import Curve, Number, Table
from analytics.stats import cumulative_incidence

RELAPSE, DEATH_IN_REMISSION = 1, 2
CAUSES = {
    "SARS-CoV-2": "covid",
    "GVHD": "gvhd",
    "multi-organ failure": "mof",
    "sepsis": "sepsis",
    "SOS/VOD": "sos",
}
AALEN_JOHANSEN = "Aalen-Johansen, variance of cmprsk, linear interval"
FROM_REMISSION = "first CR or CRi on INO, day of HCT for patients without, to relapse, death or last contact"
ORIGIN = "first CR or CRi on INO, or HCT"
COMPETING = {
    RELAPSE: ("relapse or progression", "relapses"),
    DEATH_IN_REMISSION: ("death in remission", "deaths in remission"),
}


@analysis(
    "outcome",
    title="Outcome at last contact",
    section="Relapse and death in remission",
    kind="table",
    population="all patients",
    event="first of relapse or progression after HCT and death in remission",
    method=COUNTED,
    software=BY_COUNTING,
    figures=("P62", "P63", "P64"),
    r="""
list(parts(d$ci_status == 1, d$ci_status == 1 & d$os_event == 0, d$ci_status == 1 & d$os_event == 1),
with(d, parts(ci_status == 2, ci_status == 2 & is(death_cause, "covid"), ci_status == 2 & is(death_cause, "gvhd"),
              ci_status == 2 & is(death_cause, "mof"), ci_status == 2 & is(death_cause, "sepsis"),
              ci_status == 2 & is(death_cause, "sos"))),
count(d$ci_status == 2 & !is(d$death_cause, "covid", "gvhd", "mof", "sepsis", "sos")), count(d$ci_status == 0))
""",
)
def outcome(data: AnalysisDataSet) -> Table:
    """P62 to P64 (D41, D42): the rows add up to all patients."""
    status, dead, cause = data.codes("ci_status"), data.flag("os_event"), data.codes("death_cause")
    relapsed, died, everyone = status == "1", status == "2", everybody(data)
    by_cause = {label: died & (cause == code) for label, code in CAUSES.items()}
    return Table(
        n=data.n,
        rows=(
            count(
                "Relapse or progression after HCT",
                {
                    "all": relapsed,
                    "relapsed, alive at last contact": relapsed & ~dead,
                    "relapsed, dead": relapsed & dead,
                },
                known=everyone,
                figure="P62",
            ),
            count("Death in remission", {"died in remission": died} | by_cause, known=everyone, figure="P63"),
            count(
                "Death in remission of another or an unknown cause",
                died & ~np.logical_or.reduce(list(by_cause.values())),
                known=everyone,
            ),
            count("Ongoing CR", status == "0", known=everyone, figure="P64"),
        ),
    )


@analysis(
    "cumulative-incidence",
    title="Cumulative incidence of relapse and of death in remission",
    section="Relapse and death in remission",
    kind="curve",
    population="all patients",
    clock=FROM_REMISSION,
    event="relapse or progression after HCT; death in remission",
    method=AALEN_JOHANSEN,
    software="cumulative_incidence (R: cmprsk::cuminc)",
    note="All patients are analysed: the printed standard error is not possible with the responders alone (X11).",
    figures=("P65", "P66"),
    r="list(ci_at(1, 12), ci_at(1, 24), ci_at(2, 12), ci_at(2, 24))",
)
def incidence(data: AnalysisDataSet) -> Curve:
    """P65, P66 and the curves of P91."""
    days = data.numbers("ci_days")
    status = data.codes("ci_status").astype(float)
    curves = cumulative_incidence(days, status)

    def at_months(months: int, label: str, cause: int, figure: str = "") -> Number:
        about = Number(
            label=f"{label} at {months} months",
            n=data.n,
            events=Count(status == cause),
            population="all patients",
            method=AALEN_JOHANSEN,
            unit="%",
            figure=figure,
        )
        return incidence_at(curves.get(cause), months, about)

    return Curve(
        n=data.n,
        quantity="Cumulative incidence",
        origin=ORIGIN,
        lines=tuple(
            replace(
                incidence_line(label, events, curves[cause], time=days, status=status, cause=cause),
                n=data.n,
                n_events=Count(status == cause),
            )
            for cause, (label, events) in COMPETING.items()
            if cause in curves
        ),
        landmarks=(
            at_months(12, "Cumulative incidence of relapse", RELAPSE),
            at_months(24, "Cumulative incidence of relapse", RELAPSE, "P65"),
            at_months(12, "Cumulative incidence of death in remission", DEATH_IN_REMISSION),
            at_months(24, "Cumulative incidence of death in remission", DEATH_IN_REMISSION, "P66"),
        ),
    )
