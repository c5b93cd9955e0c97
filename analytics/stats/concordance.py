"""Concordance of a risk score with survival times, O(n log n), without a loop over subjects."""

import numpy as np
from numpy.typing import NDArray

from analytics.stats.inputs import BoolArray, FloatArray, IntArray
from analytics.stats.ties import starts_of_runs


def count_pairs(risk: FloatArray, event: BoolArray, starts: IntArray) -> tuple[int, int, int]:
    """Concordant and discordant pairs, and those tied in risk, as `concordance(Surv(time, event) ~ risk)` counts them.

    The subjects are in the order of time, those of a time from each of `starts` on. A pair is counted where one has an
    event before the other's time, or at the time of the other's censoring.
    """
    sizes = np.diff(starts, append=risk.size)
    # who has an event comes before those of a larger place: later times, and censorings of the same
    place = np.repeat(2 * np.arange(starts.size), sizes) + ~event
    n_events = np.add.reduceat(event.astype(np.int64), starts)
    pairs = int(n_events @ (risk.size - starts - n_events))
    bits = (2 * starts.size - 1).bit_length()
    by_risk = np.argsort(risk)
    level_starts = starts_of_runs(risk[by_risk])
    level = np.repeat(np.arange(level_starts.size), np.diff(level_starts, append=risk.size))
    ordered = np.sort((level << bits) | place[by_risk])  # by risk, within equal risk by place
    ties = _tied_pairs(ordered, bits)
    place = ordered & ((1 << bits) - 1)
    concordant = _rising_pairs(place.astype(np.uint16 if bits <= 16 else np.uint32), bits)
    return concordant, pairs - concordant - ties, ties


def _tied_pairs(ordered: IntArray, bits: int) -> int:
    """Pairs of equal risk: those after an event among its level of risk, but for its own place."""
    level_ends, own_ends = _ends_of_runs(ordered >> bits), _ends_of_runs(ordered)
    return int((level_ends - own_ends)[ordered & 1 == 0].sum())


def _ends_of_runs(values: IntArray) -> IntArray:
    """For each of the sorted values, where the values equal to it end."""
    ends = np.append(starts_of_runs(values)[1:], values.size)
    return np.repeat(ends, np.diff(ends, prepend=0))


def _rising_pairs(place: NDArray[np.unsignedinteger], bits: int) -> int:
    """Pairs of an event with a larger place before it in the array.

    Bit by bit from the highest, the array is split into nodes of equal higher bits, which keep its order: within a node
    an event whose bit is 0 comes after so many larger places as there are ones before it.
    """
    total = 0
    nodes = np.zeros(1, np.int64)
    for bit in reversed(range(bits)):
        is_one = (place >> bit) & 1 == 1
        ones = np.cumsum(is_one, dtype=np.int32)
        ones_before_node = np.append(np.int32(0), ones)[nodes]
        is_asking = ~is_one & (place & 1 == 0)
        asking = np.add.reduceat(is_asking.astype(np.int32), nodes)
        total += int(ones[is_asking].sum(dtype=np.int64)) - int(asking @ ones_before_node.astype(np.int64))
        place = np.concatenate((place[~is_one], place[is_one]))
        n_zeros = place.size - int(ones[-1])
        halves = np.concatenate((nodes - ones_before_node, n_zeros + ones_before_node))
        nodes = halves[np.diff(halves, append=place.size) > 0]
    return total
