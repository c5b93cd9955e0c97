"""Fine-Gray models of relapse and of death in remission."""

from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.covariates import Covariate
from analytics.plan.entries.incidence import DEATH_IN_REMISSION, FROM_REMISSION, RELAPSE
from analytics.plan.entries.prognosis import WITH_COVARIATES, candidates
from analytics.plan.registry import analysis
from analytics.plan.regression import FINE_GRAY, Outcome, incidence_outcome, multivariable, univariable
from analytics.plan.results import Model, Table

SECTION = "Prognostic factors"
SOFTWARE = "fine_gray (R: cmprsk::crr)"
RELAPSE_EVENT = "relapse or progression after HCT; death in remission competes"
DEATH_EVENT = "death in remission; relapse or progression competes"
IN_THE_MODEL = "The four covariates of the published Cox model; too few events for more."


def _outcome(data: AnalysisDataSet, cause: int) -> Outcome:
    return incidence_outcome(data.numbers("ci_days"), data.codes("ci_status").astype(float), cause)


def _one_by_one(data: AnalysisDataSet, cause: int) -> Table:
    outcome = _outcome(data, cause)
    return Table(n=data.n, rows=tuple(univariable(covariate, outcome) for covariate in _beyond_the_paper(data)))


def _together(data: AnalysisDataSet, cause: int) -> Model:
    covariates = _beyond_the_paper(data)[:4]
    return multivariable(covariates, _outcome(data, cause), population=WITH_COVARIATES)


def _beyond_the_paper(data: AnalysisDataSet) -> tuple[Covariate, ...]:
    """The candidates of the Cox model, of which no figure is published here."""
    return tuple(Covariate(covariate.label, covariate.values) for covariate in candidates(data))


@analysis(
    "relapse-factors",
    title="Relapse or progression, one model each",
    section=SECTION,
    kind="table",
    population="all patients",
    clock=FROM_REMISSION,
    event=RELAPSE_EVENT,
    method=FINE_GRAY,
    software=SOFTWARE,
    drawn_as="forest",
    r="lapply(CANDIDATES, crr1, cause = 1)",
)
def relapse_factors(data: AnalysisDataSet) -> Table:
    return _one_by_one(data, RELAPSE)


@analysis(
    "death-in-remission-factors",
    title="Death in remission, one model each",
    section=SECTION,
    kind="table",
    population="all patients",
    clock=FROM_REMISSION,
    event=DEATH_EVENT,
    method=FINE_GRAY,
    software=SOFTWARE,
    drawn_as="forest",
    r="lapply(CANDIDATES, crr1, cause = 2)",
)
def death_in_remission_factors(data: AnalysisDataSet) -> Table:
    return _one_by_one(data, DEATH_IN_REMISSION)


@analysis(
    "relapse-model",
    title="Relapse or progression, multivariable",
    section=SECTION,
    kind="model",
    population=WITH_COVARIATES,
    clock=FROM_REMISSION,
    event=RELAPSE_EVENT,
    method=FINE_GRAY,
    software=SOFTWARE,
    note=IN_THE_MODEL,
    r="crr_model(1)",
)
def relapse_model(data: AnalysisDataSet) -> Model:
    return _together(data, RELAPSE)


@analysis(
    "death-in-remission-model",
    title="Death in remission, multivariable",
    section=SECTION,
    kind="model",
    population=WITH_COVARIATES,
    clock=FROM_REMISSION,
    event=DEATH_EVENT,
    method=FINE_GRAY,
    software=SOFTWARE,
    note=IN_THE_MODEL,
    r="crr_model(2)",
)
def death_in_remission_model(data: AnalysisDataSet) -> Model:
    return _together(data, DEATH_IN_REMISSION)
