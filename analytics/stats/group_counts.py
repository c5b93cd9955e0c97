"""Counts at each distinct time of each stratum by group: all that the tests between groups need of the subjects."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.errors import CollinearError, InputError
from analytics.stats.inputs import FloatArray, IntArray, read_codes
from analytics.stats.results import TestResult, chi_square_test
from analytics.stats.ties import TiedTimes, collapse_ties

RANK = 1e-7  # R's qr: what is left of a column beyond the columns before it, relative to its length


@dataclass(frozen=True, eq=False)
class GroupCounts:
    """Of one stratum: a row for each distinct time, a column for each group. `failures` are by code, 1 first."""

    n_risk: FloatArray
    failures: tuple[FloatArray, ...]


def read_groups(values: ArrayLike, argument: str, *, length: int) -> IntArray:
    """Group codes renumbered from 0 in ascending order; at least two groups occur."""
    codes, group = np.unique(read_codes(values, argument, length=length), return_inverse=True)
    if codes.size < 2:
        raise InputError("only one group", argument=argument)
    return group.astype(np.int64)


def count_by_group(
    time: FloatArray, code: IntArray, group: IntArray, *, strata: ArrayLike | None, exact: bool
) -> Iterator[GroupCounts]:
    """The counts of each stratum in turn. `code`: 0 = censored, 1 to k = failures; `group`: 0 to g - 1, all occurring.

    `exact` tells whether times count as tied only where they are exactly equal (see `collapse_ties`).
    """
    tied = collapse_ties(time, exact=exact)
    if strata is None:
        yield _count(tied, code, group)
        return
    stratum = np.unique(read_codes(strata, "strata", length=time.size), return_inverse=True)[1]
    time_group = np.repeat(np.arange(tied.starts.size), tied.sizes)
    by_stratum = np.argsort(stratum[tied.order], kind="stable")  # within a stratum the order of time stays
    ends = np.cumsum(np.bincount(stratum))
    for rows in np.split(by_stratum, ends[:-1]):
        starts = np.flatnonzero(np.diff(time_group[rows], prepend=-1))
        within = TiedTimes(tied.order[rows], starts, tied.time[time_group[rows[starts]]])
        yield _count(within, code, group, n_groups=int(group.max()) + 1)


def score_test(score: FloatArray, variance: FloatArray) -> TestResult:
    """score' variance^-1 score against chi-square. Raises CollinearError where the variance is singular."""
    is_known = bool(np.isfinite(variance).all())
    left = np.abs(np.diag(np.linalg.qr(variance, mode="r"))) if is_known else np.zeros(score.size)
    if not is_known or (left <= RANK * np.linalg.norm(variance, axis=0)).any():
        raise CollinearError("the scores of the groups determine each other", argument="group")
    return chi_square_test(float(score @ np.linalg.solve(variance, score)), score.size)


def _count(tied: TiedTimes, code: IntArray, group: IntArray, n_groups: int | None = None) -> GroupCounts:
    width = n_groups or int(group.max()) + 1
    shape = (tied.starts.size, width)
    cell = np.repeat(np.arange(shape[0]) * width, tied.sizes) + group[tied.order]
    sorted_code = code[tied.order]

    def count(cells: IntArray) -> FloatArray:
        return np.bincount(cells, minlength=shape[0] * width).reshape(shape).astype(np.float64)

    n_risk = np.cumsum(count(cell)[::-1], axis=0)[::-1]
    failures = (count(cell[sorted_code == k]) for k in range(1, int(code.max(initial=0)) + 1))
    return GroupCounts(n_risk, tuple(failures))
