"""Prognostic factors of survival: Cox models."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Mask
from analytics.plan.covariates import Covariate, at_least, at_most, complete_cases, indicator
from analytics.plan.entries.survival import FROM_HCT, FROM_INO
from analytics.plan.once import once
from analytics.plan.registry import analysis
from analytics.plan.regression import COX, about_term, matrix, survival_outcome, term, univariable
from analytics.plan.results import Dropped, Model, Number, Table
from analytics.stats import CoxModel, Selection, backward_elimination, cox

SHORT_INTERVAL = 50  # days, the median of the paper
OLDER = 60  # years
STOPPING_P = 0.157
WITH_COVARIATES = "all patients with known covariates"


@analysis(
    "survival-by-age",
    title="Overall survival by age, one model each",
    section="Prognostic factors",
    kind="table",
    population="all patients",
    clock=FROM_INO,
    event="death",
    method=COX,
    software="cox (R: coxph)",
    figures=("P60", "P61"),
    r="list(cox1(d$age, d$os_days, d$os_event), cox1(as.numeric(d$age >= 60), d$os_days, d$os_event))",
)
def survival_by_age(data: AnalysisDataSet) -> Table:
    """P60 and P61."""
    age, survival = data.numbers("age"), survival_outcome(data.numbers("os_days"), data.flag("os_event"))
    factors = (
        Covariate("Age, per year", age, "P60"),
        Covariate("Age 60 years or older", at_least(age, OLDER), "P61"),
    )
    return Table(n=data.n, rows=tuple(univariable(factor, survival) for factor in factors))


def candidates(data: AnalysisDataSet) -> tuple[Covariate, ...]:
    """The nine covariates announced for the model of P69 to P73."""
    return (
        Covariate("More than two INO cycles", data.numbers("ino_gt2"), "P69"),
        Covariate("CR or CRi before HCT", indicator(data.codes("resp_before_hct"), "cr"), "P70"),
        Covariate("Allogeneic HCT at first line", data.numbers("allo_first_line"), "P71"),
        Covariate("Blinatumomab before INO", data.numbers("blina_before"), "P72"),
        Covariate("Last INO dose to HCT 50 days or less", at_most(data.numbers("ino_last_to_hct"), SHORT_INTERVAL)),
        Covariate("Male sex", indicator(data.codes("sex"), "M")),
        Covariate("Myeloablative conditioning", data.numbers("mac")),
        Covariate("Matched donor", data.numbers("donor_matched")),
        Covariate("Age, per year", data.numbers("age")),
    )


@dataclass(frozen=True, eq=False)
class PublishedModel:
    """The model of P69 to P73: who is in it, all nine candidates, and what the elimination left of them."""

    covariates: tuple[Covariate, ...]
    chosen: Mask
    n_excluded: Mapping[str, int]
    full: CoxModel
    selection: Selection[CoxModel]


@once
def published_model(data: AnalysisDataSet) -> PublishedModel:
    """Fit all candidates to the patients in whom all are known, and eliminate."""
    covariates = candidates(data)
    chosen, n_excluded = complete_cases(covariates)
    full = cox(
        data.numbers("os_hct_days")[chosen],
        data.flag("os_event")[chosen],
        matrix(covariates, chosen),
        names=[covariate.label for covariate in covariates],
    )
    selection = backward_elimination(full, rule="p", threshold=STOPPING_P)
    return PublishedModel(covariates, chosen, n_excluded, full, selection)


@analysis(
    "survival-model",
    title="Overall survival after HCT, multivariable",
    section="Prognostic factors",
    kind="model",
    population=WITH_COVARIATES,
    clock=FROM_HCT,
    event="death",
    method=f"{COX}; backward elimination from nine candidates while P exceeds {STOPPING_P} (Lawless and Singhal 1978)",
    software='cox, backward_elimination (R: coxph, rms::fastbw(rule = "p", type = "individual", sls = 0.157))',
    note="Remission before HCT is D21 (49 of 58 in the paper): D20 cannot give the printed standard error.",
    drawn_as="forest",
    figures=("P69", "P70", "P71", "P72"),
    r="""
with(published_model(), {
  rows <- in_places(kept, rows_of(unname(coef(fit)), sqrt(diag(vcov(fit))), fit$n))
  rows[seq_along(kept) <= 4 | kept]  # the published terms, and those kept
})
""",
)
def survival_model(data: AnalysisDataSet) -> Model:
    """P69 to P72 are the terms kept, P73 the candidates dropped."""
    found = published_model(data)
    survival = survival_outcome(data.numbers("os_hct_days"), data.flag("os_event"))
    dropped = {step.term: step for step in found.selection.path}
    model = found.selection.model

    def as_number(covariate: Covariate) -> Number:
        about = about_term(covariate, survival, found.chosen, population=WITH_COVARIATES)
        if model is None or covariate.label in dropped:
            return replace(about, error=f"dropped by the elimination, P = {dropped[covariate.label].p_value:.3f}")
        return term(model, covariate.label, about)

    return Model(
        n=Count(found.chosen),
        n_excluded=found.n_excluded,
        events=Count(found.chosen & data.flag("os_event")),
        events_per_variable=found.full.n_events / len(found.covariates),
        log_likelihood=model.log_likelihood if model else None,
        terms=tuple(
            as_number(covariate) for covariate in found.covariates if covariate.figure or covariate.label not in dropped
        ),
        dropped=tuple(
            Dropped(label=step.term, chi_square=step.chi_square, p=step.p_value) for step in dropped.values()
        ),
    )
