"""Backward elimination of terms from a fitted model, without refitting at each step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, Self, TypeVar

import numpy as np

from analytics.stats.errors import InputError
from analytics.stats.inputs import BoolArray, FloatArray, IntArray
from analytics.stats.results import chi_square_test

Groups = Mapping[str, Sequence[str]]


class Refittable(Protocol):
    """A fitted model with its covariance matrix: CoxModel, LogisticModel."""

    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def coef(self) -> FloatArray: ...
    @property
    def covariance(self) -> FloatArray: ...
    def refit(self, names: Sequence[str]) -> Self: ...


Model = TypeVar("Model", bound=Refittable)


@dataclass(frozen=True)
class EliminationStep:
    """The term dropped, with the Wald test that dropped it."""

    term: str
    chi_square: float
    df: int
    p_value: float


@dataclass(frozen=True, eq=False)
class Selection(Generic[Model]):
    """The terms dropped in order, those kept, and the model refitted to the latter (None where nothing is kept)."""

    path: tuple[EliminationStep, ...]
    kept: tuple[str, ...]
    model: Model | None


def backward_elimination(
    model: Model, *, rule: Literal["p", "aic"] = "p", threshold: float = 0.157, groups: Groups | None = None
) -> Selection[Model]:
    """Drop the weakest term until all that remain are strong enough, then refit.

    R: `rms::fastbw(fit, rule = "p", type = "individual", sls = threshold)`. A term is a covariate, or a group of them:
    `groups` gives the covariates of each term by its name; covariates in no group are terms of their own. "p" drops a
    term while its P exceeds the threshold; "aic" while its chi-square is at most twice its degrees of freedom (the
    threshold then plays no part). At each step the estimates without the dropped term come from the full model
    (Lawless and Singhal 1978, Biometrics 34: 318-327). Raises InputError, and what the refitted model raises.
    """
    if rule not in ("p", "aic"):
        raise InputError(f"{rule!r} is neither p nor aic", argument="rule")
    terms = _columns_by_term(model.names, groups or {})
    coef, covariance, left = model.coef, model.covariance, np.arange(len(model.names))
    path = []
    while terms:
        steps = [_wald(term, coef[at], covariance[np.ix_(at, at)]) for term, at in _positions(terms, left)]
        weakest = min(steps, key=lambda step: _strength(step, rule))
        if _strength(weakest, rule) > (-threshold if rule == "p" else 0):
            break
        path.append(weakest)
        keep = ~np.isin(left, terms.pop(weakest.term))
        coef, covariance = _without(coef, covariance, keep)
        left = left[keep]
    refitted = model.refit([model.names[column] for column in left]) if path and left.size else model
    return Selection(tuple(path), tuple(terms), refitted if left.size else None)


def _columns_by_term(names: Sequence[str], groups: Groups) -> dict[str, list[int]]:
    """Terms in the order of their first covariate."""
    term_of = {name: term for term, members in groups.items() for name in members}
    unknown = set(term_of) - set(names)
    if unknown or len(term_of) != sum(map(len, groups.values())):
        raise InputError(f"not a covariate, or in two groups: {sorted(unknown)}", argument="groups")
    terms: dict[str, list[int]] = {}
    for column, name in enumerate(names):
        terms.setdefault(term_of.get(name, name), []).append(column)
    return terms


def _positions(terms: Mapping[str, list[int]], left: IntArray) -> Iterator[tuple[str, IntArray]]:
    for term, columns in terms.items():
        yield term, np.flatnonzero(np.isin(left, columns))


def _wald(term: str, coef: FloatArray, covariance: FloatArray) -> EliminationStep:
    test = chi_square_test(float(coef @ np.linalg.solve(covariance, coef)), coef.size)
    return EliminationStep(term, test.statistic, coef.size, test.p_value)


def _strength(step: EliminationStep, rule: str) -> float:
    return -step.p_value if rule == "p" else step.chi_square - 2 * step.df


def _without(coef: FloatArray, covariance: FloatArray, keep: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Estimates of the terms kept, given that the others are 0."""
    across = covariance[np.ix_(keep, ~keep)]
    weights = np.linalg.solve(covariance[np.ix_(~keep, ~keep)], across.T).T
    return coef[keep] - weights @ coef[~keep], covariance[np.ix_(keep, keep)] - weights @ across.T
