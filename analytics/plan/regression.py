"""Cox and logistic models as numbers: covariates with missing values, complete cases, events of each group."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.cohort.data_set import Codes, Mask, Numbers
from analytics.plan.curves import CONFIDENCE
from analytics.plan.results import Group, Number
from analytics.stats import CoxModel, LogisticModel, StatisticsError, cox, logistic

COX = "Cox model, Efron ties, Wald interval and test"
FEW_EVENTS = 5  # a group with fewer gives no P value, unless the figure is a published one
LOGISTIC = "logistic regression, Wald interval and test"


@dataclass(frozen=True, eq=False)
class Covariate:
    """``values`` are NaN where not known; of a covariate of 0 and 1 the events of both groups are shown."""

    label: str
    values: Numbers
    figure: str = ""

    @property
    def known(self) -> Mask:
        mask: Mask = ~np.isnan(self.values)
        return mask

    @property
    def is_binary(self) -> bool:
        return bool(np.isin(self.values[self.known], (0, 1)).all())


def indicator(codes: Codes, code: str) -> Numbers:
    """1 where the code stands, 0 for another one, NaN for an empty cell."""
    return np.where(codes == "", np.nan, (codes == code).astype(float))


def at_most(values: Numbers, limit: float) -> Numbers:
    """1 up to the limit, 0 above, NaN where not known."""
    return np.where(np.isnan(values), np.nan, (values <= limit).astype(float))


def at_least(values: Numbers, limit: float) -> Numbers:
    """1 from the limit, 0 below, NaN where not known."""
    return np.where(np.isnan(values), np.nan, (values >= limit).astype(float))


def complete_cases(covariates: Sequence[Covariate]) -> tuple[Mask, Mapping[str, int]]:
    """Who has a value in every covariate, and who not, by the first covariate that is not known."""
    complete = np.ones(covariates[0].values.size, dtype=bool)
    reasons: Counter[str] = Counter()
    for covariate in covariates:
        lost = complete & ~covariate.known
        if lost.any():
            reasons[f"not known: {covariate.label}"] += int(lost.sum())
        complete &= covariate.known
    return complete, dict(reasons)


def groups(covariate: Covariate, event: Mask, chosen: Mask) -> tuple[Group, ...]:
    """Patients and events with and without a binary covariate."""
    if not covariate.is_binary:
        return ()
    masks = {"yes": chosen & (covariate.values == 1), "no": chosen & (covariate.values == 0)}
    return tuple(Group(label, int(mask.sum()), int((mask & event).sum())) for label, mask in masks.items())


def term(model: CoxModel | LogisticModel, name: str, about: Number) -> Number:
    """One coefficient as ratio with its interval, added to what is known ``about`` it."""
    place = model.names.index(name)
    ratio = model.hazard_ratio if isinstance(model, CoxModel) else model.odds_ratio
    withheld = not about.figure and any(group.events < FEW_EVENTS for group in about.groups)
    return replace(
        about,
        value=float(ratio[place]),
        lower=float(model.lower[place]),
        upper=float(model.upper[place]),
        interval=CONFIDENCE,
        p=None if withheld else float(model.p_value[place]),
        remark=f"fewer than {FEW_EVENTS} events in a group" if withheld else "",
    )


def about_term(covariate: Covariate, event: Mask, chosen: Mask, *, population: str, unit: str) -> Number:
    """What is known of a term before the model is fitted."""
    return Number(
        label=covariate.label,
        n=int(chosen.sum()),
        events=int((event & chosen).sum()),
        groups=groups(covariate, event, chosen),
        population=population,
        method=COX if unit == "hazard ratio" else LOGISTIC,
        unit=unit,
        figure=covariate.figure,
    )


def univariable_cox(covariate: Covariate, time: Numbers, event: Mask, *, population: str = "all patients") -> Number:
    """A Cox model of one covariate on the patients in whom it is known."""
    chosen = covariate.known
    about = about_term(covariate, event, chosen, population=population, unit="hazard ratio")
    about = replace(about, missing=int((~chosen).sum()))
    try:
        model = cox(time[chosen], event[chosen], covariate.values[chosen, np.newaxis], names=(covariate.label,))
    except StatisticsError as error:
        return replace(about, error=str(error))
    return term(model, covariate.label, about)


def univariable_logistic(
    covariate: Covariate, outcome: Mask, known: Mask, *, within: Mask | None = None, population: str = "all patients"
) -> Number:
    """A logistic model of one covariate on the patients in whom it and the outcome are known."""
    inside = np.ones(outcome.size, dtype=bool) if within is None else within
    chosen = inside & known & covariate.known
    about = about_term(covariate, outcome, chosen, population=population, unit="odds ratio")
    about = replace(about, missing=int((inside & ~chosen).sum()))
    try:
        model = logistic(outcome[chosen], covariate.values[chosen, np.newaxis], names=(covariate.label,))
    except StatisticsError as error:
        return replace(about, error=str(error))
    return term(model, covariate.label, about)
