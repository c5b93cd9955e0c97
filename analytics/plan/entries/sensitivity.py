"""Sensitivity analyses named beforehand: other readings of what the paper prints, beside the one that it prints."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Mask, Numbers
from analytics.plan.comparing import FISHER, compare_frequency
from analytics.plan.counting import left_out
from analytics.plan.covariates import Covariate
from analytics.plan.curves import incidence_at
from analytics.plan.entries.incidence import AALEN_JOHANSEN, COMPETING, FROM_REMISSION
from analytics.plan.entries.sos import IN_REMISSION, SOS_EVENT, short_interval
from analytics.plan.registry import NotPossible, analysis
from analytics.plan.regression import LOGISTIC, binary_outcome, univariable
from analytics.plan.results import Number, Table
from analytics.stats import cumulative_incidence

ONE_MORE = "all patients, one more without SOS/VOD counted with double alkylators"
PER_DAY = "Last INO dose to HCT, per day"
RESPONDERS = "patients with CR or CRi on INO"
Reading = tuple[Covariate, Mask, Mask]  # exposure, SOS/VOD, who is in


@analysis(
    "sos-readings",
    title="SOS/VOD: readings that change a conclusion",
    section="SOS/VOD",
    kind="table",
    population="all patients",
    event=SOS_EVENT,
    method=f"{LOGISTIC}; {FISHER}",
    software="logistic (R: glm), fisher_exact (R: fisher.test)",
    note="The paper prints 17 patients with double alkylators and analyses 16 (X03); it analyses 49 of its 58 patients "
    "for the interval of 60 days (X05).",
    r="""
with(list(dual = d$dual_alkylators, cr = is(d$resp_before_hct, "cr")), {
  more <- dual; more[which(no(d$sos) & no(dual))[1]] <- 1
  short <- as.numeric(d$ino_last_to_hct <= 60)
  both <- function(x, among = all_patients) list(
    logit1(x, among), fisher(list(yes(x) & among & known(d$sos), no(x) & among & known(d$sos)), yes(d$sos)))
  per_day <- list(logit1(d$ino_last_to_hct, cr), logit1(d$ino_last_to_hct))
  c(both(dual), both(more), both(short, cr), both(short), per_day)
})
""",
)
def sos_readings(data: AnalysisDataSet) -> Table:
    """Each reading by Wald, and by the exact test where the factor divides the patients in two groups."""
    rows = [row for population, reading in _readings(data).items() for row in _both_tests(population, reading)]
    return Table(n=data.n, rows=(*rows, *_per_day(data)))


def _readings(data: AnalysisDataSet) -> Mapping[str, Reading]:
    dual, occurred, known = data.numbers("dual_alkylators"), data.flag("sos"), data.known("sos")
    short, in_remission = short_interval(data), data.codes("resp_before_hct") == "cr"
    return {
        "all patients": (Covariate("Double alkylators", dual), occurred, known),
        ONE_MORE: (Covariate("Double alkylators", _one_more(dual, known & ~occurred)), occurred, known),
        IN_REMISSION: (short, occurred, known & in_remission),
        "all patients, whatever the response": (short, occurred, known),
    }


def _per_day(data: AnalysisDataSet) -> Iterator[Number]:
    """The interval as it is, on both populations of its cut-off."""
    factor, outcome = (
        Covariate(PER_DAY, data.numbers("ino_last_to_hct")),
        binary_outcome(data.flag("sos"), data.known("sos")),
    )
    in_remission = data.codes("resp_before_hct") == "cr"
    for population, inside in ((IN_REMISSION, in_remission), ("all patients", np.ones(data.n, dtype=bool))):
        number = univariable(factor, outcome, within=inside, population=population)
        yield replace(number, label=f"{PER_DAY}, {population}")


def _one_more(exposed: Numbers, candidates: Mask) -> Numbers:
    """The 2 x 2 table with one of the candidates moved to the exposed: whom does not matter to it."""
    movable = np.flatnonzero(candidates & (exposed == 0))
    if not movable.size:
        raise NotPossible("no patient without SOS/VOD and without double alkylators")
    moved = exposed.copy()
    moved[movable[0]] = 1
    return moved


def _both_tests(population: str, reading: Reading) -> Iterator[Number]:
    factor, occurred, inside = reading
    named = replace(factor, label=f"{factor.label}, {population}")
    yield univariable(named, binary_outcome(occurred, inside), within=inside, population=population)
    chosen = inside & factor.known
    members = {"yes": chosen & (factor.values == 1), "no": chosen & (factor.values == 0)}
    yield replace(
        compare_frequency(members, occurred, f"{named.label}: exact"),
        population=population,
        missing=Count(inside & ~chosen),
    )


@analysis(
    "incidence-of-responders",
    title="Cumulative incidence in patients with CR or CRi on INO only",
    section="Relapse and death in remission",
    kind="table",
    population=RESPONDERS,
    clock=FROM_REMISSION,
    event="relapse or progression after HCT; death in remission",
    method=AALEN_JOHANSEN,
    software="cumulative_incidence (R: cmprsk::cuminc)",
    note="The population that the paper names for its Figure 2; its printed standard error needs more patients (X11).",
    r="list(ci_at(1, 24, yes(d$ino_responder)), ci_at(2, 24, yes(d$ino_responder)))",
)
def incidence_of_responders(data: AnalysisDataSet) -> Table:
    """P65 and P66 as their population is written."""
    chosen = data.flag("ino_responder")
    time, status = data.numbers("ci_days")[chosen], data.codes("ci_status")[chosen].astype(float)
    curves = cumulative_incidence(time, status)

    def at_two_years(cause: int, name: str) -> Number:
        about = Number(
            label=f"{name[0].upper()}{name[1:]} at 24 months",
            n=Count(chosen),
            events=Count(chosen & (data.codes("ci_status") == str(cause))),
            population=RESPONDERS,
            method=AALEN_JOHANSEN,
            unit="%",
        )
        return incidence_at(curves.get(cause), 24, about)

    return Table(
        n=Count(chosen),
        n_excluded=left_out("no CR or CRi on INO, or not known", Count(~chosen)),
        rows=tuple(at_two_years(cause, name) for cause, (name, _) in COMPETING.items()),
    )
