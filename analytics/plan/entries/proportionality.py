"""Whether the published Cox model may say one hazard ratio for all times."""

from dataclasses import replace

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.comparing import CHI_SQUARE, tested
from analytics.plan.covariates import groups
from analytics.plan.entries.prognosis import WITH_COVARIATES, published_model
from analytics.plan.entries.survival import FROM_HCT
from analytics.plan.few_events import few
from analytics.plan.registry import NotPossible, analysis
from analytics.plan.results import Number, Tests

GRAMBSCH_THERNEAU = "score test of an interaction with time, time as 1 - Kaplan-Meier (Grambsch and Therneau 1994)"


@analysis(
    "proportional-hazards",
    title="Proportional hazards of the multivariable model of overall survival",
    section="Prognostic factors",
    kind="test",
    population=WITH_COVARIATES,
    clock=FROM_HCT,
    event="death",
    method=GRAMBSCH_THERNEAU,
    software="CoxModel.proportional_hazards (R: survival::cox.zph)",
    note="A small P value says that a hazard ratio changes with time. Few events: a large one proves little.",
    r="""
with(published_model(), {
  found <- cox.zph(fit)$table
  few <- c(sapply(CANDIDATES[complete, kept, drop = FALSE], has_few, event = (d$os_event == 1)[complete]), FALSE)
  lapply(seq_along(few), function(i) if (few[i]) row() else row(found[i, "chisq"], p = found[i, "p"], n = fit$n))
})
""",
)
def proportional_hazards(data: AnalysisDataSet) -> Tests:
    """One row a term that the elimination kept, and all together."""
    found = published_model(data)
    model = found.selection.model
    if model is None:
        raise NotPossible("the elimination kept no covariate")
    test, dead = model.proportional_hazards(), data.flag("os_event")
    overall = Number(
        label="All terms together",
        n=Count(found.chosen),
        events=Count(found.chosen & dead),
        population=WITH_COVARIATES,
        method=GRAMBSCH_THERNEAU,
        unit=CHI_SQUARE,
    )
    kept = {covariate.label: covariate for covariate in found.covariates}
    rows = []
    for name, result in zip(test.names, test.covariates, strict=True):
        about = replace(overall, label=name, groups=groups(kept[name], dead, found.chosen))
        warning = few(about.groups)
        rows.append(replace(about, error=f"not tested: {warning}") if warning else tested(result, about))
    return Tests(n=overall.n, n_excluded=found.n_excluded, rows=(*rows, tested(test.overall, overall)))
