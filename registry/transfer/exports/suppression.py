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
    unprinted: AbstractSet[Cell] = frozenset(),
) -> frozenset[Cell]:
    """The cells that are not shown. `decided` says of some whether they are withheld: they are shown elsewhere, too.

    `unprinted` are nowhere shown, but small ones must not be computed either.
    """
    decided = decided or {}
    small = {cell for cell, number in numbers.items() if 0 < number < SMALL and cell not in decided}
    protected = small | {cell for cell, is_withheld in decided.items() if is_withheld}
    hidden = protected | unprinted
    while exposed := list(_exposed(numbers, equations, hidden, _told(equations, hidden, protected, unprinted))):
        shown = numbers.keys() - hidden - decided.keys()
        if not shown:
            break
        hidden |= _beside(numbers, exposed, shown)
    return frozenset(hidden)


def _told(
    equations: Sequence[Equation[Cell]],
    hidden: AbstractSet[Cell],
    protected: AbstractSet[Cell],
    unprinted: AbstractSet[Cell],
) -> AbstractSet[Cell]:
    """What can be computed though it is hidden, where a protected number is among it."""
    computed = set(determined(equations, hidden))
    return computed & protected | computed - unprinted if computed & protected else frozenset()


def _exposed(
    numbers: Mapping[Cell, int],
    equations: Sequence[Equation[Cell]],
    hidden: AbstractSet[Cell],
    told: AbstractSet[Cell],
) -> Iterator[Equation[Cell]]:
    """The equations that need another cell hidden."""
    for equation in equations:
        unseen = [cell for cell in equation.parts if cell in hidden]
        sum_is_small = 0 < sum(numbers[cell] for cell in unseen) < SMALL and equation.total not in hidden
        if sum_is_small or told & set(equation.cells):
            yield equation


def _beside(
    numbers: Mapping[Cell, int], exposed: Sequence[Equation[Cell]], shown: AbstractSet[Cell]
) -> AbstractSet[Cell]:
    """What is withheld beside small numbers: of each equation the smallest part; where no equation has any, totals.

    Where no number is left, zeros are taken, and at last everything.
    """
    parts = [[cell for cell in equation.parts if cell in shown and numbers[cell]] for equation in exposed]
    smallest = {min(cells, key=lambda cell: numbers[cell]) for cells in parts if cells}
    totals = {equation.total for equation in exposed} & shown
    zeros = {cell for equation in exposed for cell in equation.parts} & shown
    return smallest or totals or zeros or shown


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
