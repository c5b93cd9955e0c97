"""What the families share: names of the numbers, and values as R writes them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.stats import StatisticsError

Values = dict[str, NDArray[np.float64]]
Tree = dict[str, Any]

LONGEST = 200


def unless_refused(values: Callable[[], Tree]) -> Tree:
    """The values, or only that there are none."""
    try:
        return {"refused": 0.0, **values()}
    except StatisticsError:
        return {"refused": 1.0}


def chosen_times(time: NDArray[np.float64]) -> NDArray[np.float64]:
    """Eleven times from 0 to the last."""
    return np.append(np.arange(10) * time.max() / 10, time.max())


def thin(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Long curves at every k-th row, as in run.R."""
    return values[:: -(-values.size // LONGEST)] if values.size > LONGEST else values


def flatten(tree: Tree, prefix: str = "") -> Values:
    """Nested names as one, with dots; what is infinite is NaN, as in R's JSON."""
    flat: Values = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            flat |= flatten(value, f"{prefix}{name}.")
        else:
            numbers = np.atleast_1d(np.asarray(value, dtype=float)).ravel()
            flat[prefix + name] = np.where(np.isfinite(numbers), numbers, np.nan)
    return flat
