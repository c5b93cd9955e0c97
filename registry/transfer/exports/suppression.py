"""Small numbers withheld, and with them as many others that nobody can compute them from the totals.

Cells are bound by equations: some parts make a total. What is withheld must not follow from what is shown.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np

SMALL: Final = 5  # a number from 1 to 4 is withheld
_ZERO: Final = 1e-9
Cell = TypeVar("Cell", bound=Hashable)


@dataclass(frozen=True)
class Equation(Generic[Cell]):
    """The parts add up to the total."""

    parts: tuple[Cell, ...]
    total: Cell

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (*self.parts, self.total)


def withheld(
    numbers: Mapping[Cell, int],
    equations: Sequence[Equation[Cell]],
    *,
    decided: Mapping[Cell, bool] | None = None,
) -> frozenset[Cell]:
    """The cells that are not shown. `decided` says of some whether they are withheld: they are shown elsewhere, too."""
    decided = decided or {}
    small = {cell for cell, number in numbers.items() if 0 < number < SMALL and cell not in decided}
    protected = small | {cell for cell, is_withheld in decided.items() if is_withheld}
    hidden = set(protected)
    while exposed := list(_exposed(numbers, equations, hidden, protected)):
        shown = numbers.keys() - hidden - decided.keys()
        more = {cell for equation in exposed for cell in _smallest(numbers, equation, shown)}
        hidden |= more or shown  # where nothing is left to stand beside a small number, nothing is shown
        if not shown:
            break
    return frozenset(hidden)


def _exposed(
    numbers: Mapping[Cell, int], equations: Sequence[Equation[Cell]], hidden: set[Cell], protected: set[Cell]
) -> Iterator[Equation[Cell]]:
    """The equations that need another cell hidden."""
    told = protected & set(determined(equations, hidden))
    for equation in equations:
        unseen = [cell for cell in equation.parts if cell in hidden]
        sum_is_small = 0 < sum(numbers[cell] for cell in unseen) < SMALL and equation.total not in hidden
        if sum_is_small or told & set(equation.cells):
            yield equation


def _smallest(numbers: Mapping[Cell, int], equation: Equation[Cell], shown: AbstractSet[Cell]) -> list[Cell]:
    """The smallest of the parts that can be hidden beside the others, or the total where there is none."""
    parts = [cell for cell in equation.parts if cell in shown and numbers[cell]]
    return sorted(parts or {equation.total} & shown, key=lambda cell: numbers[cell])[:1]


def determined(equations: Sequence[Equation[Cell]], hidden: AbstractSet[Cell]) -> list[Cell]:
    """The hidden cells that the equations together leave no choice for."""
    unknown = [cell for cell in dict.fromkeys(cell for each in equations for cell in each.cells) if cell in hidden]
    places = {cell: place for place, cell in enumerate(unknown)}
    matrix = np.zeros((len(equations), len(unknown)))
    for line, equation in zip(matrix, equations, strict=True):
        for cell in equation.cells:
            if cell in places:
                line[places[cell]] = -1 if cell == equation.total else 1
    if not unknown:
        return []
    _, sizes, directions = np.linalg.svd(matrix)
    free = np.abs(directions[int((sizes > _ZERO).sum()) :]).sum(axis=0)
    return [cell for cell, freedom in zip(unknown, free, strict=True) if freedom < _ZERO]
