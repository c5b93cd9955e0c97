"""A row of the tables: one estimator on arrays of one size."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.estimators.cases import Case
from benchmarks.estimators.run import ABSENT, Measured, Outcome

SIDES = ("ours", "R", "lifelines")
LARGE = 100_000  # subjects from which on the goals hold


@dataclass(frozen=True)
class Row:
    """What came out on each side; `sorting` is numpy.argsort of the times."""

    case: Case
    n: int
    sorting: Outcome
    sides: Mapping[str, Outcome]

    def __str__(self) -> str:
        times = ", ".join(f"{side} {time_of(outcome)}" for side, outcome in self.sides.items())
        return f"{self.case.title}, n = {self.n}: {times}; R / ours {number(self.times_faster('R'))}"

    def times_faster(self, side: str) -> float | None:
        """The other side's time over ours."""
        ours, other = self.sides["ours"], self.sides.get(side, ABSENT)
        return other.seconds / ours.seconds if isinstance(ours, Measured) and isinstance(other, Measured) else None

    def over_sorting(self) -> float | None:
        ours = self.sides["ours"]
        both = isinstance(ours, Measured) and isinstance(self.sorting, Measured)
        return ours.seconds / self.sorting.seconds if both else None

    def memory(self, side: str) -> Measured | None:
        """Where the arrays are large enough to stand out from the pages of memory."""
        outcome = self.sides.get(side, ABSENT)
        return outcome if self.n >= LARGE and isinstance(outcome, Measured) else None

    def difference(self) -> float | None:
        """Between our number and R's, relative."""
        ours, other = self.sides["ours"], self.sides["R"]
        if not (isinstance(ours, Measured) and isinstance(other, Measured)):
            return None
        return abs(ours.value - other.value) / max(abs(other.value), math.ulp(1))


def time_of(outcome: Outcome) -> str:
    """Seconds or milliseconds, three digits; or why there is no time."""
    if not isinstance(outcome, Measured):
        return outcome.reason
    return f"{number(outcome.seconds * 1000)} ms" if outcome.seconds < 1 else f"{number(outcome.seconds)} s"


def peak_of(memory: Measured | None) -> str:
    return f"{number(memory.peak / 2**20)} MiB" if memory else "–"


def share_of_input(memory: Measured | None) -> float | None:
    return memory.peak / memory.input if memory else None


def number(value: float | None) -> str:
    """Three significant digits without an exponent."""
    if value is None:
        return "–"
    digits = 2 - math.floor(math.log10(abs(value))) if value else 0
    return f"{value:,.{min(6, max(0, digits))}f}".replace(",", " ")
