"""What an entry of the plan returns: numbers, tables, curves, models and tests, each stating its population."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Interval = Literal["", "range", "95% confidence interval", "95% control limits"]
Amount = int | float


@dataclass(frozen=True)
class Group:
    """Patients and events of one group beside a number that compares groups; ``expected`` events of a log-rank test."""

    label: str
    n: int
    events: int
    expected: float | None = None


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number, or the parts of one; ``n`` is its denominator, ``figure`` its id in the paper.

    ``df`` are the degrees of freedom where the value is a test statistic. ``error`` stands in place of the value,
    ``remark`` in place of a P value that is withheld.
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
    df: int | None = None
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
        raise NotImplementedError  # abstract: each kind of result below says where its numbers stand


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
class Tests(Result):
    """Tests, each with the groups that it compares."""

    __test__ = False  # not a test class, whatever pytest makes of the name

    rows: tuple[Number, ...]

    @property
    def numbers(self) -> Sequence[Number]:
        return self.rows


@dataclass(frozen=True, kw_only=True)
class Line:
    """One step function; times in days, one value a distinct day. ``events`` names what is counted, in the plural.

    ``panel`` names the part of the figure that the line stands in, where it has several.
    """

    label: str
    events: str
    n: int
    n_events: int
    start: float
    time: NDArray[np.float64]
    n_risk: NDArray[np.int64]
    n_event: NDArray[np.int64]
    n_censor: NDArray[np.int64]
    estimate: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    panel: str = ""


@dataclass(frozen=True, kw_only=True)
class Curve(Result):
    """Lines, and the numbers read from them; ``quantity`` and ``origin`` name the axes.

    ``groups`` names what tells the patients of the lines apart; empty where all lines are over the same patients.
    """

    quantity: str
    origin: str
    groups: str = ""
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
    """A regression: one number a term, and the candidates it was selected from, in the order they were dropped.

    Events per variable count the candidates, not only the terms kept.
    """

    terms: tuple[Number, ...]
    events: int
    events_per_variable: float
    log_likelihood: float | None
    dropped: tuple[Dropped, ...] = ()

    @property
    def numbers(self) -> Sequence[Number]:
        return self.terms
