"""Risk factors of SOS/VOD where events are few: Wald, Firth and exact side by side, and the model of three factors."""

from collections.abc import Iterator
from dataclasses import replace

from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.comparing import FISHER, compare_frequency
from analytics.plan.covariates import Covariate
from analytics.plan.entries.sos import SOS_EVENT, risk_factors, short_interval
from analytics.plan.registry import analysis
from analytics.plan.regression import FIRTH, LOGISTIC, binary_outcome, multivariable, penalised_outcome, univariable
from analytics.plan.results import Model, Number, Table

SECTION = "SOS/VOD"
WITH_COVARIATES = "all patients with known covariates"
THREE_FACTORS = "The three factors that the paper names, together; it published one model each."


@analysis(
    "sos-three-tests",
    title="Risk factors of SOS/VOD: Wald, Firth and exact",
    section=SECTION,
    kind="table",
    population="all patients",
    event=SOS_EVENT,
    method=f"{LOGISTIC}; {FIRTH}; {FISHER}",
    software="logistic (R: glm), firth_logistic (R: logistf), fisher_exact (R: fisher.test)",
    note="A factor for which the three differ much rests on few events (X18).",
    r="""
with(c(CANDIDATES, d), {
  within60 <- as.numeric(ino_last_to_hct <= 60)
  factors <- list(dual_alkylators, allo_first_line, ino_gt2, within60, age, male, donor_matched, mac, cr_at_hct,
                  ino_last_to_hct)
  unlist(lapply(factors, function(x) {
    tests <- list(logit1(x), firth1(x))
    if (!all(na.omit(x) %in% 0:1)) return(tests)
    c(tests, list(fisher(list(yes(x) & known(d$sos), no(x) & known(d$sos)), yes(d$sos))))
  }), recursive = FALSE)
})
""",
)
def sos_three_tests(data: AnalysisDataSet) -> Table:
    """Two rows a factor, three where it divides the patients in two groups."""
    rows = (row for factor in risk_factors(data) for row in _three_tests(Covariate(factor.label, factor.values), data))
    return Table(n=data.n, rows=tuple(rows))


def _three_tests(factor: Covariate, data: AnalysisDataSet) -> Iterator[Number]:
    occurred, known = data.flag("sos"), data.known("sos")
    yield _named(univariable(factor, binary_outcome(occurred, known)), "Wald")
    yield _named(univariable(factor, penalised_outcome(occurred, known)), "Firth")
    if factor.is_binary:
        chosen = known & factor.known
        members = {"yes": chosen & (factor.values == 1), "no": chosen & (factor.values == 0)}
        yield compare_frequency(members, occurred, f"{factor.label}: exact")


def _named(number: Number, test: str) -> Number:
    return replace(number, label=f"{number.label}: {test}")


@analysis(
    "sos-model",
    title="SOS/VOD, multivariable",
    section=SECTION,
    kind="model",
    population=WITH_COVARIATES,
    event=SOS_EVENT,
    clock="none: SOS/VOD at any time after HCT",
    method=LOGISTIC,
    software="logistic (R: glm(family = binomial), confint.default)",
    note=THREE_FACTORS,
    drawn_as="forest",
    r="sos_model(logit)",
)
def sos_model(data: AnalysisDataSet) -> Model:
    outcome = binary_outcome(data.flag("sos"), data.known("sos"))
    return multivariable(_three_factors(data), outcome, population=WITH_COVARIATES)


@analysis(
    "sos-model-firth",
    title="SOS/VOD, multivariable, penalised",
    section=SECTION,
    kind="model",
    population=WITH_COVARIATES,
    event=SOS_EVENT,
    clock="none: SOS/VOD at any time after HCT",
    method=FIRTH,
    software="firth_logistic (R: logistf)",
    note=THREE_FACTORS,
    r="sos_model(firth)",
)
def sos_model_firth(data: AnalysisDataSet) -> Model:
    outcome = penalised_outcome(data.flag("sos"), data.known("sos"))
    return multivariable(_three_factors(data), outcome, population=WITH_COVARIATES)


def _three_factors(data: AnalysisDataSet) -> tuple[Covariate, ...]:
    return (
        Covariate("Double alkylators", data.numbers("dual_alkylators")),
        Covariate("Allogeneic HCT at first line", data.numbers("allo_first_line")),
        short_interval(data),
    )
