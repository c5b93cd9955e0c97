"""Rank tests: Wilcoxon's of two samples, Kruskal and Wallis's of several."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from analytics.stats.errors import InputError
from analytics.stats.inputs import FloatArray, read_numbers
from analytics.stats.results import TestResult, chi_square_test


def wilcoxon(x: ArrayLike, y: ArrayLike) -> TestResult:
    """Two independent samples by rank, two-sided. R: `wilcox.test(x, y, exact = FALSE)`.

    x, y: any number of values each. `statistic` is W, the number of pairs in which x is larger, ties counting half;
    its P value is normal, corrected for ties and for continuity (R's default). Wilcoxon 1945, Mann and Whitney 1947
    (Ann Math Stat 18: 50-60); ties: Hollander and Wolfe 1999, section 4.1. Raises InputError, also where all values are
    equal.
    """
    sizes, rank_sums, tie_sum = _rank([read_numbers(x, "x"), read_numbers(y, "y")])
    n_x, n_y = sizes
    n = n_x + n_y
    statistic = rank_sums[0] - n_x * (n_x + 1) / 2
    distance = statistic - n_x * n_y / 2
    sigma = np.sqrt(n_x * n_y / 12 * (n + 1 - tie_sum / (n * (n - 1))))
    z = (distance - np.sign(distance) / 2) / sigma
    return TestResult(float(statistic), None, min(1.0, 2 * float(special.ndtr(-abs(z)))))


def kruskal_wallis(*samples: ArrayLike) -> TestResult:
    """Several independent samples by rank. R: `kruskal.test(list(...))`.

    Each sample: any number of values. Against chi-square with one degree of freedom less than samples, corrected for
    ties. Kruskal and Wallis 1952 (JASA 47: 583-621). Raises InputError, also where all values are equal.
    """
    if len(samples) < 2:
        raise InputError("two samples are needed", argument="samples")
    read = [read_numbers(values, f"samples[{number}]") for number, values in enumerate(samples)]
    sizes, rank_sums, tie_sum = _rank(read)
    n = sizes.sum()
    between = 12 * np.sum(rank_sums**2 / sizes) / (n * (n + 1)) - 3 * (n + 1)
    return chi_square_test(float(between / (1 - tie_sum / (n**3 - n))), len(samples) - 1)


def _rank(samples: list[FloatArray]) -> tuple[FloatArray, FloatArray, float]:
    """Size and sum of mid-ranks of each sample among all values, and the sum of t^3 - t over the ties of size t."""
    values = np.concatenate(samples)
    sizes = np.array([sample.size for sample in samples], dtype=np.float64)
    order = np.argsort(values)
    ordered = values[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] > ordered[:-1])))
    if starts.size == 1:
        raise InputError("all values are equal")
    tied = np.diff(starts, append=values.size)
    rank = np.empty(values.size)
    rank[order] = np.repeat(starts + (tied + 1) / 2, tied)
    begins = np.concatenate(([0], np.cumsum(sizes[:-1]))).astype(np.int64)
    counts = tied.astype(np.float64)
    return sizes, np.add.reduceat(rank, begins), float(np.sum(counts**3 - counts))
