"""Covariates of a regression: missing values, complete cases, patients and events with and without."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import Codes, Mask, Numbers
from analytics.plan.results import Group


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
    reasons: dict[str, int] = {}
    for covariate in covariates:
        lost = complete & ~covariate.known
        if lost.any():
            reasons[f"not known: {covariate.label}"] = Count(lost)
        complete &= covariate.known
    return complete, reasons


def groups(covariate: Covariate, event: Mask, chosen: Mask) -> tuple[Group, ...]:
    """Patients and events with and without a binary covariate."""
    if not covariate.is_binary:
        return ()
    masks = {"yes": chosen & (covariate.values == 1), "no": chosen & (covariate.values == 0)}
    return tuple(Group(label, Count(mask), Count(mask & event)) for label, mask in masks.items())
