"""Arguments turned into arrays. A missing value is refused, never dropped: who is in is decided before."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.stats.errors import CollinearError, InputError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def read_numbers(values: ArrayLike, argument: str, *, length: int | None = None) -> FloatArray:
    """One-dimensional, finite, at least one value; `length` where it must match another argument."""
    numbers = _as_floats(values, argument)
    if numbers.ndim != 1:
        raise InputError(f"must have one dimension, has {numbers.ndim}", argument=argument)
    if numbers.size == 0:
        raise InputError("no observations", argument=argument)
    if length is not None and numbers.size != length:
        raise InputError(f"has {numbers.size} values where {length} are needed", argument=argument)
    _refuse(~np.isfinite(numbers), "missing or not finite", argument)
    return numbers


def read_times(values: ArrayLike, argument: str = "time") -> FloatArray:
    """Times since the start of the clock, in any unit, none negative."""
    time = read_numbers(values, argument)
    _refuse(time < 0, "negative time", argument)
    return time


def read_indicator(values: ArrayLike, argument: str, *, length: int | None = None) -> BoolArray:
    """0/1 or bool."""
    numbers = read_numbers(values, argument, length=length)
    _refuse((numbers != 0) & (numbers != 1), "neither 0 nor 1", argument)
    return np.equal(numbers, 1)


def read_codes(values: ArrayLike, argument: str, *, length: int) -> IntArray:
    """Whole numbers from 0."""
    numbers = read_numbers(values, argument, length=length)
    _refuse((numbers < 0) | (numbers != np.floor(numbers)), "not a whole number from 0", argument)
    return numbers.astype(np.int64)


def read_covariates(
    values: ArrayLike, names: Sequence[str] | None, *, length: int
) -> tuple[FloatArray, tuple[str, ...]]:
    """n x p matrix (one covariate may be one-dimensional) and its names, x1 to xp by default."""
    matrix = _as_floats(values, "covariates")
    if matrix.ndim == 1:
        matrix = matrix[:, np.newaxis]
    if matrix.ndim != 2 or matrix.shape[0] != length or matrix.shape[1] == 0:
        raise InputError(f"shape {matrix.shape} where {length} rows and a column are needed", argument="covariates")
    _refuse(np.any(~np.isfinite(matrix), axis=1), "missing or not finite", "covariates")
    columns = tuple(names) if names is not None else tuple(f"x{j + 1}" for j in range(matrix.shape[1]))
    if len(columns) != matrix.shape[1] or len(set(columns)) != len(columns):
        raise InputError(f"{matrix.shape[1]} different names are needed", argument="names")
    return matrix, columns


def refuse_constant(covariates: FloatArray, names: Sequence[str]) -> FloatArray:
    """The range of each covariate, none of them 0."""
    spread: FloatArray = covariates.max(axis=0) - covariates.min(axis=0)
    for name, width in zip(names, spread, strict=True):
        if width == 0:
            raise CollinearError(f"{name} has the same value in every row", argument="covariates")
    return spread


def read_level(value: float) -> float:
    """A confidence level strictly between 0 and 1."""
    if not 0 < value < 1:
        raise InputError(f"{value} is not between 0 and 1", argument="conf_level")
    return float(value)


def _as_floats(values: ArrayLike, argument: str) -> FloatArray:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError("not numbers", argument=argument) from error


def _refuse(fault: BoolArray, reason: str, argument: str) -> None:
    if fault.any():
        raise InputError(reason, argument=argument, row=int(np.argmax(fault)))
