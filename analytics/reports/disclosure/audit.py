"""Which cells may be printed: none that is small, and none from which a small one could be worked out.

The reader is taken to know everything that is printed, what it means, all about the own patients, and that a cell
printed as "<5" is below 5. A small cell is safe while another number of patients agrees with all of that: an integer
programme looks for one, question by question.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.reports.disclosure.cells import Cell, Mask, Path

Vector = NDArray[np.float64]
FURTHER = 10  # patients of a kind that the reader thinks possible beyond those there are


@dataclass(eq=False)
class Group:
    """Cells that count the same patients: printed together or not at all."""

    cells: list[Cell]
    is_small: bool
    is_printed: bool
    is_below: bool  # printed as "<5"

    @property
    def rows(self) -> Mask:
        return self.cells[0].rows

    @property
    def count(self) -> int:
        return int(self.rows.sum())

    @property
    def paths(self) -> list[Path]:
        return [cell.path for cell in self.cells if cell.path is not None]


@dataclass(frozen=True, eq=False)
class Question:
    """Groups of cells that can be worked out of each other, and the kinds of patients that they tell apart.

    ``members`` has a row a group and a column a kind. A cell that counts nobody has a kind of its own: patients who
    are counted there, and wherever its whole denominator is.
    """

    groups: list[Group]
    own: Mask

    @cached_property
    def kinds(self) -> tuple[Vector, Vector, Vector]:
        rows = np.array([group.rows for group in self.groups])
        members, place, sizes = np.unique(rows, axis=1, return_inverse=True, return_counts=True)
        least = np.bincount(place.ravel()[self.own], minlength=sizes.size)
        empty = [group for group in self.groups if not group.count]
        made_up = [np.array([_counts_too(other, group) for other in self.groups]) for group in empty]
        nobody = np.zeros(len(empty))
        together = np.column_stack([members, *made_up]).astype(float)
        return together, np.append(sizes, nobody).astype(float), np.append(least, nobody).astype(float)

    def is_safe(self, group: Group, threshold: int) -> bool:
        """Whether the group could have another number of patients than it has."""
        members, sizes, least = self.kinds
        could_be = sizes + FURTHER
        if group.count:
            could_be[members.shape[1] - sum(not each.count for each in self.groups) :] = 0
        is_known = np.array([each.is_printed for each in self.groups])
        is_below = np.array([each.is_below for each in self.groups])
        known = [LinearConstraint(members[is_known], members[is_known] @ sizes, members[is_known] @ sizes)]
        known += [LinearConstraint(members[is_below], ub=threshold - 1)] if is_below.any() else []
        wanted = members[self.groups.index(group)]
        for sign in (-1, 1):
            found = milp(
                sign * wanted,
                constraints=known if is_known.any() else known[1:],
                bounds=Bounds(least, could_be),
                integrality=np.ones(sizes.size),
            )
            if found.x is not None and round(float(wanted @ found.x)) != group.count:
                return True
        return False


def _counts_too(other: Group, group: Group) -> bool:
    within = next((cell.within for cell in group.cells if cell.within is not None), None)
    return other is group or (within is not None and within.any() and not (within & ~other.rows).any())


@dataclass(eq=False)
class Audit:
    """Decides of every cell whether it is printed."""

    cells: Iterable[Cell]
    own: Mask
    threshold: int
    groups: list[Group] = field(init=False)

    def __post_init__(self) -> None:
        by_rows: dict[tuple[bytes, object], list[Cell]] = defaultdict(list)
        for cell in self.cells:
            # Cells that count nobody are not the same for that.
            by_rows[cell.rows.tobytes(), None if cell.rows.any() else cell.path].append(cell)
        self.groups = [self._group(cells) for cells in by_rows.values()]

    def _group(self, cells: list[Cell]) -> Group:
        count, others = int(cells[0].rows.sum()), int((cells[0].rows & ~self.own).sum())
        is_cell = any(cell.path is not None for cell in cells)
        # Nobody is few among those who could be counted; nobody left over is not.
        may_be_none = all(cell.within is None for cell in cells)
        is_small = min(number or (self.threshold if may_be_none else 0) for number in (count, others)) < self.threshold
        return Group(cells, is_small, is_cell and not is_small, is_cell and is_small and count < self.threshold)

    def protect(self) -> None:
        """Hide further cells until no small one can be worked out."""
        questions = self._questions()
        is_done = False
        while not is_done:
            # A group may belong to several questions: what is hidden for one is hidden in all.
            is_done = all([self._protect(question) for question in questions])
        for question in questions:
            self._print_again(question)

    def _questions(self) -> list[Question]:
        """How many there are in all is known to every question."""
        by_name: dict[str, list[Group]] = defaultdict(list)
        everybody = [group for group in self.groups if group.rows.all()]
        for group in self.groups:
            for name in sorted({cell.question for cell in group.cells} - {""}):
                by_name[name].append(group)
        for groups in by_name.values():
            groups += [group for group in everybody if group not in groups]
        return [Question(groups, self.own) for groups in by_name.values()]

    def _protect(self, question: Question) -> bool:
        """True where nothing had to be hidden."""
        is_done = True
        for group in question.groups:
            while group.is_small and not question.is_safe(group, self.threshold):
                if not self._hide_for(group, question):
                    break
                is_done = False
        return is_done

    def _print_again(self, question: Question) -> None:
        """What was hidden on the way, is not small, and protects no small cell."""
        small = [group for group in question.groups if group.is_small]
        for group in question.groups:
            if group.paths and not group.is_printed and not group.is_small:
                group.is_printed = not question.is_safe(group, self.threshold)
                group.is_printed = group.is_printed and all(question.is_safe(each, self.threshold) for each in small)

    def _hide_for(self, group: Group, question: Question) -> bool:
        """The smallest printed cell without which the group is safe, else the smallest; False where none is left."""
        if group.is_below:
            group.is_below = False  # "<5" itself says too much
            return True
        printed = sorted((each for each in question.groups if each.is_printed), key=lambda each: each.count)
        candidates = [each for each in printed if not each.rows.all()]  # how many there are in all is no secret
        for each in candidates:
            each.is_printed = False
            if question.is_safe(group, self.threshold):
                return True
            each.is_printed = True
        if candidates:
            candidates[0].is_printed = False
        return bool(candidates)
