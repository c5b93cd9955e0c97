"""Passes over many rows in blocks, so that what is computed of a block stays in the cache of the processor."""

from collections.abc import Iterator

import numpy as np

from analytics.stats.inputs import FloatArray

BLOCK = 2048  # rows


def blocks(n: int) -> Iterator[slice]:
    """Consecutive rows."""
    for begin in range(0, n, BLOCK):
        yield slice(begin, begin + BLOCK)


def weighted_cross(covariates: FloatArray, weight: FloatArray) -> FloatArray:
    """X' diag(weight) X without a weighted copy of X."""
    total = np.zeros((covariates.shape[1], covariates.shape[1]))
    for rows in blocks(weight.size):
        block = covariates[rows]
        total += (block * weight[rows, np.newaxis]).T @ block
    return total
