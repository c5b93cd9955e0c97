"""Regression models as numbers: one model a covariate, or one of several, of any of the plan's outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import Mask, Numbers
from analytics.plan.counting import left_out
from analytics.plan.covariates import Covariate, complete_cases, groups
from analytics.plan.curves import CONFIDENCE
from analytics.plan.few_events import WARNING, few, few_in_all
from analytics.plan.registry import NotPossible
from analytics.plan.results import Model, Number
from analytics.stats import (
    CoxModel,
    FineGrayModel,
    FirthModel,
    LogisticModel,
    StatisticsError,
    cox,
    fine_gray,
    firth_logistic,
    logistic,
)

COX = "Cox model, Efron ties, Wald interval and test"
FINE_GRAY = "Fine-Gray model of the subdistribution, Wald interval and test by the sandwich variance"
LOGISTIC = "logistic regression, Wald interval and test"
FIRTH = "logistic regression with Firth's penalty, interval and test by the profile of the penalised likelihood"

Fitted = CoxModel | FineGrayModel | LogisticModel


class Fit(Protocol):
    """Fits a model to the chosen patients; one column of the matrix a name."""

    def __call__(self, chosen: Mask, covariates: Numbers, names: Sequence[str]) -> Fitted: ...


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a regression explains: who has the event, in whom that is known, and how a model is fitted."""

    event: Mask
    known: Mask
    method: str
    unit: str
    fit: Fit


def survival_outcome(time: Numbers, event: Mask) -> Outcome:
    """Time to death, by a Cox model."""

    def fit(chosen: Mask, covariates: Numbers, names: Sequence[str]) -> CoxModel:
        return cox(time[chosen], event[chosen], covariates, names=names)

    return Outcome(event, np.ones(time.size, dtype=bool), COX, "hazard ratio", fit)


def incidence_outcome(time: Numbers, status: Numbers, cause: int) -> Outcome:
    """Time to one of the competing events, by a Fine-Gray model."""

    def fit(chosen: Mask, covariates: Numbers, names: Sequence[str]) -> FineGrayModel:
        return fine_gray(time[chosen], status[chosen], covariates, cause=cause, names=names)

    known = np.ones(time.size, dtype=bool)
    return Outcome(status == cause, known, FINE_GRAY, "subdistribution hazard ratio", fit)


def binary_outcome(outcome: Mask, known: Mask) -> Outcome:
    """Yes or no, by a logistic model."""

    def fit(chosen: Mask, covariates: Numbers, names: Sequence[str]) -> LogisticModel:
        return logistic(outcome[chosen], covariates, names=names)

    return Outcome(outcome, known, LOGISTIC, "odds ratio", fit)


def penalised_outcome(outcome: Mask, known: Mask) -> Outcome:
    """Yes or no, by a logistic model with Firth's penalty."""

    def fit(chosen: Mask, covariates: Numbers, names: Sequence[str]) -> FirthModel:
        return firth_logistic(outcome[chosen], covariates, names=names)

    return Outcome(outcome, known, FIRTH, "odds ratio", fit)


def term(model: Fitted, name: str, about: Number) -> Number:
    """One coefficient as ratio with its interval, added to what is known ``about`` it."""
    place = model.names.index(name)
    ratio = model.odds_ratio if isinstance(model, LogisticModel) else model.hazard_ratio
    withheld = "" if about.figure else few(about.groups) or few_in_all(about.events or 0)
    return replace(
        about,
        value=float(ratio[place]),
        lower=float(model.lower[place]),
        upper=float(model.upper[place]),
        interval=CONFIDENCE,
        p=None if withheld else float(model.p_value[place]),
        remark=withheld,
    )


def about_term(covariate: Covariate, outcome: Outcome, chosen: Mask, *, population: str) -> Number:
    """What is known of a term before the model is fitted."""
    return Number(
        label=covariate.label,
        n=Count(chosen),
        events=Count(outcome.event & chosen),
        groups=groups(covariate, outcome.event, chosen),
        population=population,
        method=outcome.method,
        unit=outcome.unit,
        figure=covariate.figure,
    )


def univariable(
    covariate: Covariate, outcome: Outcome, *, within: Mask | None = None, population: str = "all patients"
) -> Number:
    """A model of one covariate on the patients in whom it and the outcome are known."""
    inside = np.ones(outcome.event.size, dtype=bool) if within is None else within
    chosen = inside & outcome.known & covariate.known
    about = about_term(covariate, outcome, chosen, population=population)
    about = replace(about, missing=Count(inside & ~chosen))
    try:
        model = outcome.fit(chosen, covariate.values[chosen, np.newaxis], (covariate.label,))
    except StatisticsError as error:
        return replace(about, error=str(error))
    return term(model, covariate.label, about)


def multivariable(covariates: Sequence[Covariate], outcome: Outcome, *, population: str) -> Model:
    """One model on the patients in whom all its covariates and the outcome are known.

    A covariate with too few events in a group is left out, and says so in its place.
    """
    usable = [covariate for covariate in covariates if not _too_few(covariate, outcome)]
    if not usable:
        raise NotPossible(f"every covariate has {WARNING}")
    complete, reasons = complete_cases(usable)
    chosen = complete & outcome.known
    model = outcome.fit(chosen, matrix(usable, chosen), [covariate.label for covariate in usable])

    def as_number(covariate: Covariate) -> Number:
        about = about_term(covariate, outcome, chosen, population=population)
        if covariate not in usable:
            return replace(about, error=f"left out: {WARNING}")
        return term(model, covariate.label, about)

    return Model(
        n=Count(chosen),
        n_excluded={**reasons, **left_out("outcome not known", Count(complete & ~outcome.known))},
        events=Count(outcome.event & chosen),
        events_per_variable=model.n_events / len(usable),
        log_likelihood=model.log_likelihood,
        terms=tuple(as_number(covariate) for covariate in covariates),
    )


def _too_few(covariate: Covariate, outcome: Outcome) -> bool:
    return bool(few(groups(covariate, outcome.event, outcome.known & covariate.known)))


def matrix(covariates: Sequence[Covariate], chosen: Mask) -> Numbers:
    """The values of the chosen patients, a column a covariate."""
    return np.column_stack([covariate.values[chosen] for covariate in covariates])
