"""Counts and medians that state their denominator."""

from collections.abc import Mapping

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Mask, Numbers
from analytics.plan.registry import NotPossible
from analytics.plan.results import Amount, Number, Single
from analytics.stats import describe

COUNTED = "number of patients, percentage of the denominator"
MEDIAN = "median with minimum and maximum of the known values"
BY_COUNTING = "counting"
BY_DESCRIBE = "describe (R: quantile, type 7)"


def count(
    label: str,
    chosen: Mask | Mapping[str, Mask],
    *,
    known: Mask,
    population: str = "all patients",
    within: Mask | None = None,
    partition: bool = False,
    figure: str = "",
) -> Number:
    """Patients ``chosen`` among those ``known``; several named masks give the parts of one number.

    ``within`` limits the population before missing values are counted. The parts of a ``partition`` must add up to the
    denominator, each patient in one of them; else there is no number (X02).
    """
    inside = np.ones(known.size, dtype=bool) if within is None else within
    denominator = known & inside
    value: Amount | tuple[Amount, ...]
    if isinstance(chosen, Mapping):
        value, parts = tuple(Count(mask & denominator) for mask in chosen.values()), tuple(chosen)
        if partition and sum(value) != denominator.sum():
            raise NotPossible(f"{label}: the parts add up to {sum(value)} of {denominator.sum()} patients")
    else:
        value, parts = Count(chosen & denominator), ()
    return Number(
        label=label,
        value=value,
        parts=parts,
        n=Count(denominator),
        missing=Count(inside & ~known),
        population=population,
        method=COUNTED,
        unit="patients",
        figure=figure,
    )


def median(
    label: str,
    values: Numbers,
    *,
    unit: str,
    population: str = "all patients",
    within: Mask | None = None,
    figure: str = "",
) -> Number:
    """Median and range of the known values."""
    inside = np.ones(values.size, dtype=bool) if within is None else within
    known = inside & ~np.isnan(values)
    found = describe(values[known])
    return Number(
        label=label,
        value=found.median if found.n else None,
        lower=found.minimum if found.n else None,
        upper=found.maximum if found.n else None,
        interval="range",
        n=Count(known),
        missing=Count(inside & ~known),
        population=population,
        method=MEDIAN,
        unit=unit,
        figure=figure,
        error="" if found.n else "no known value",
    )


def single(number: Number) -> Single:
    """An entry of one number; who is not in its denominator for want of an answer is left out."""
    return Single(n=number.n, n_excluded=left_out("not known", number.missing), number=number)


def left_out(reason: str, patients: int) -> dict[str, int]:
    """Patients of the data set who are not in a result; no reason without a patient."""
    return {reason: patients} if patients else {}


def everybody(data: AnalysisDataSet) -> Mask:
    """All patients of the data set: a denominator that counts the missing."""
    return np.ones(data.n, dtype=bool)
