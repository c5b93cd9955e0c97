"""Subjects sorted by time once, equal times collapsed into groups."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.stats.inputs import FloatArray, IntArray

# R's survival takes times closer than this as equal (aeqSurv), absolutely or relative to the mean distinct time,
# so that 0.1 + 0.2 and 0.3 are a tie.
SAME_TIME = float(np.sqrt(np.finfo(np.float64).eps))


@dataclass(frozen=True, eq=False)
class TiedTimes:
    """`order` sorts the subjects by time; group g is positions `starts[g]` to `starts[g + 1]` of it, at `time[g]`."""

    order: IntArray
    starts: IntArray
    time: FloatArray

    @property
    def sizes(self) -> IntArray:
        """Subjects in each group."""
        return np.diff(self.starts, append=self.order.size)

    @property
    def at_risk(self) -> IntArray:
        """Subjects whose time is that of the group or later."""
        return self.order.size - self.starts


def even_out(time: FloatArray) -> FloatArray:
    """The times with those that count as the same made equal, as R does before it looks at strata (aeqSurv)."""
    tied = collapse_ties(time)
    even = np.empty_like(time)
    even[tied.order] = np.repeat(tied.time, tied.sizes)
    return even


def collapse_ties(time: FloatArray, *, exact: bool = False) -> TiedTimes:
    """Sort and collapse; `exact` keeps times apart that differ in the last digit, as cmprsk does."""
    order = np.argsort(time)
    sorted_time = time[order]
    starts = starts_of_runs(sorted_time)
    if not exact:
        distinct = sorted_time[starts]
        gap = np.diff(distinct)
        apart = (gap > SAME_TIME) & (gap > SAME_TIME * distinct.mean())
        starts = starts[np.concatenate(([True], apart))]
    return TiedTimes(order, starts, sorted_time[starts])


def starts_of_runs(ordered: NDArray[np.generic]) -> IntArray:
    """Where a value begins that differs from the one before, in values of which there is at least one."""
    return np.append(0, np.flatnonzero(ordered[1:] != ordered[:-1]) + 1)
