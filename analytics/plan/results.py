"""What an entry of the plan returns: numbers, tables, curves, models and tests, each stating its population."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Interval = Literal["", "range", "95% confidence interval"]
Amount = int | float


@dataclass(frozen=True)
class Group:
    """Patients and events of one group beside a number that compares groups."""

    label: str
    n: int
    events: int


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number, or the parts of one; ``n`` is its denominator, ``figure`` its id in the paper.

    ``error`` stands in place of the value, ``remark`` in place of a P value that is withheld.
    """

    label: str
    n: int
    population: str
    method: str
    unit: str
    value: Amount | tuple[Amount, ...] | None = None
    parts: tuple[str, ...] = ()
    lower: float | None = None
    upper: float | None = None
    interval: Interval = ""
    p: float | None = None
    events: int | None = None
    groups: tuple[Group, ...] = ()
    missing: int = 0
    figure: str = ""
    remark: str = ""
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class Result:
    """``n`` patients are in the result; ``n_excluded`` of the data set are not, by reason."""

    n: int
    n_excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def numbers(self) -> Sequence[Number]:
        """Every number in the result."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Single(Result):
    """One number."""

    number: Number

    @property
    def numbers(self) -> Sequence[Number]:
        return (self.number,)


@dataclass(frozen=True, kw_only=True)
class Table(Result):
    """Rows of numbers, each with its own denominator."""

    rows: tuple[Number, ...]

    @property
    def numbers(self) -> Sequence[Number]:
        return self.rows


@dataclass(frozen=True, kw_only=True)
class Line:
    """One step function; times in days, one value a distinct day. ``events`` names what is counted, in the plural."""

    label: str
    events: str
    start: float
    time: NDArray[np.float64]
    n_risk: NDArray[np.int64]
    n_event: NDArray[np.int64]
    n_censor: NDArray[np.int64]
    estimate: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Curve(Result):
    """Lines over the same patients, and the numbers read from them; ``quantity`` and ``origin`` name the axes."""

    quantity: str
    origin: str
    lines: tuple[Line, ...]
    landmarks: tuple[Number, ...]

    @property
    def numbers(self) -> Sequence[Number]:
        return self.landmarks


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """A candidate that the selection dropped, with the test that dropped it."""

    label: str
    chi_square: float
    p: float


@dataclass(frozen=True, kw_only=True)
class Model(Result):
    """A regression: one number a term, and the candidates it was selected from, in the order they were dropped."""

    terms: tuple[Number, ...]
    events: int
    log_likelihood: float | None
    dropped: tuple[Dropped, ...] = ()

    @property
    def numbers(self) -> Sequence[Number]:
        return self.terms
