"""The arrays that all sides read: one file of doubles a column, drawn with a seed; times in whole days."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Arrays = dict[str, Floats]

SEED = 20240131
COVARIATES = tuple(f"x{j}" for j in range(1, 10))
WARM = 58  # subjects of the arrays on which each side warms up
LAST_DAY = 3650


def draw(n: int) -> Arrays:
    """A registry of ten years: two competing events, censoring, nine covariates of which some matter."""
    random = np.random.default_rng(SEED + n)
    flags = (random.random((5, n)) < [[0.5], [0.3], [0.2], [0.6], [0.4]]).astype(float)
    laboratory = np.round(np.exp(random.normal(0, 1, (2, n))), 2)
    level = random.choice(3, n, p=[0.5, 0.3, 0.2])
    age = random.integers(16, 71, n).astype(float)
    covariates = (age, *flags, *laboratory, (level == 1).astype(float))
    risk = 0.02 * (age - 45) + 0.5 * flags[1] - 0.4 * flags[3] + 0.1 * laboratory[0]
    to_event = random.exponential(900 * np.exp(-risk))
    to_censoring = np.minimum(random.exponential(2500, n), LAST_DAY)
    status = np.where(to_event <= to_censoring, np.where(random.random(n) < 0.6, 1.0, 2.0), 0.0)
    return {
        "time": np.ceil(np.minimum(to_event, to_censoring)),
        "status": status,
        "event": (status > 0).astype(float),
        "group": level.astype(float),
        "outcome": (random.random(n) < 1 / (1 + np.exp(0.5 - risk))).astype(float),
        **dict(zip(COVARIATES, covariates, strict=True)),
    }


def write(folder: Path, n: int) -> None:
    """Into a folder of their own, named by the number of subjects."""
    own = folder / str(n)
    own.mkdir(parents=True, exist_ok=True)
    for name, values in draw(n).items():
        values.tofile(own / f"{name}.f64")


def read(folder: Path, n: int, names: Iterable[str]) -> Arrays:
    """The columns asked for; `x` is the n x 9 matrix of the covariates."""
    own = folder / str(n)
    return {name: _matrix(own) if name == "x" else _column(own, name) for name in names}


def _column(folder: Path, name: str) -> Floats:
    return np.fromfile(folder / f"{name}.f64")


def _matrix(folder: Path) -> Floats:
    columns = [_column(folder, name) for name in COVARIATES]
    matrix = np.empty((columns[0].size, len(columns)))
    for j, column in enumerate(columns):
        matrix[:, j] = column
    return matrix
