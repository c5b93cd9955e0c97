"""Concordance of a risk score with survival times, O(n log n), without a loop over subjects."""

import numpy as np

from analytics.stats.inputs import BoolArray, FloatArray, IntArray
from analytics.stats.ties import TiedTimes

IntPair = tuple[IntArray, IntArray]


def count_pairs(risk: FloatArray, event: BoolArray, tied: TiedTimes) -> tuple[int, int, int]:
    """Concordant and discordant pairs, and those tied in risk, as `concordance(Surv(time, event) ~ risk)` counts them.

    A pair is counted where one has an event before the other's time, or at the time of the other's censoring.
    """
    group = np.repeat(np.arange(tied.starts.size), tied.sizes)
    events = event[tied.order]
    events_first = np.argsort(2 * group + ~events, kind="stable")
    order, failed = tied.order[events_first], events[events_first]
    rank = np.unique(risk[order], return_inverse=True)[1].astype(np.int64)
    n_events = np.add.reduceat(failed.astype(np.int64), tied.starts)
    comparable = np.repeat(tied.starts + n_events, n_events)
    below, equal = _rank_among_later(rank, comparable, rank[failed])
    pairs, concordant, ties = int((rank.size - comparable).sum()), int(below.sum()), int(equal.sum())
    return concordant, pairs - concordant - ties, ties


def _rank_among_later(ranks: IntArray, first: IntArray, asked: IntArray) -> IntPair:
    """For each query, how many of `ranks[first:]` lie below the asked rank, and how many equal it.

    All queries go down a wavelet matrix together: bit by bit from the highest, the ranks are partitioned into zeros
    and ones, and a query follows the half that has its own bit; from the half of ones it has passed all zeros.
    """
    lower, upper = first, np.full_like(first, ranks.size)
    below = np.zeros_like(first)
    for bit in reversed(range(int(ranks.max()).bit_length())):
        is_one = (ranks >> bit) & 1 == 1
        zeros_before = np.concatenate(([0], np.cumsum(~is_one)))
        low, high = zeros_before[lower], zeros_before[upper]
        goes_up = (asked >> bit) & 1 == 1
        below += np.where(goes_up, high - low, 0)
        lower = np.where(goes_up, zeros_before[-1] + lower - low, low)
        upper = np.where(goes_up, zeros_before[-1] + upper - high, high)
        ranks = np.concatenate((ranks[~is_one], ranks[is_one]))
    return below, upper - lower
