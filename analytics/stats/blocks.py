"""Passes over many rows in blocks, so that what is computed of a block stays in the cache of the processor."""

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from analytics.stats.inputs import FloatArray, IntArray

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


def linear_predictor(covariates: FloatArray, coef: FloatArray) -> FloatArray:
    """X b, column by column, so that rows with equal covariates get equal values to the last bit."""
    predictor = np.zeros(covariates.shape[0])
    for rows in blocks(predictor.size):
        for column, weight in zip(covariates[rows].T, coef, strict=True):
            predictor[rows] += column * weight
    return predictor


class GroupSums:
    """Sums of w x over groups of rows, for one X and changing weights, without a weighted copy of X.

    `ends` tells after how many of the chosen rows each group ends, `rows` which are chosen: all where it is not given.
    """

    def __init__(self, covariates: FloatArray, ends: IntArray, *, rows: IntArray | None = None) -> None:
        self.covariates = covariates
        columns = np.arange(covariates.shape[0]) if rows is None else rows
        shape = (ends.size, covariates.shape[0])
        weights = np.zeros(columns.size)
        self._weights = sparse.csr_array((weights, columns, np.append(0, ends)), shape=shape)

    def of(self, weight: FloatArray) -> FloatArray:
        """One row a group; `weight` has a value for each of the chosen rows."""
        self._weights.data = weight
        sums: FloatArray = self._weights @ self.covariates
        return sums
