"""How many are at risk on a line, and how many events it has counted, at given months."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.plan.clock import DAYS_OF_A_MONTH

Line = Mapping[str, Any]
Months = Sequence[float] | NDArray[np.float64]


def is_in_steps(line: Line) -> bool:
    """Of all centres in a report of one: the steps stand for several patients each, and single days are left out."""
    return "at_risk" in line


def months_of(line: Line) -> NDArray[np.float64]:
    """The times of the line."""
    return np.asarray(line["time"], dtype=np.float64) / DAYS_OF_A_MONTH


def at_risk(line: Line, months: Months) -> NDArray[np.int64]:
    """Those still observed just before each time."""
    return np.append(line["n_risk"], 0).astype(np.int64)[np.searchsorted(months_of(line), months, side="left")]


def events_by(line: Line, months: Months) -> NDArray[np.int64]:
    """Events up to and with each time."""
    counted = np.append(0, np.cumsum(line["n_event"])).astype(np.int64)
    return counted[np.searchsorted(months_of(line), months, side="right")]


def value_at(line: Line, name: str, months: Months) -> NDArray[np.float64]:
    """The step function at each time; before the first event it is what the line starts with."""
    steps = np.append(line["start"], np.asarray(line[name], dtype=np.float64))
    return steps[np.searchsorted(months_of(line), months, side="right")]
