"""Completeness of follow-up."""

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.errors import InputError
from analytics.stats.inputs import FloatArray, read_indicator, read_numbers
from analytics.stats.results import Estimate


def clark_completeness(entry: ArrayLike, last_contact: ArrayLike, event: ArrayLike, cutoff: ArrayLike) -> Estimate:
    """Observed follow-up as a share of what would have been observed had nobody been lost, from 0 to 1.

    entry, last_contact: n dates as numbers (days since any day); event: n values 0/1; cutoff: one date, or n of them.
    C = sum of observed / sum of potential follow-up; potential follow-up ends at the event, or else at the cut-off.
    What happened after the cut-off is not counted. Clark, Altman and De Stavola 2002 (Lancet 359: 1309-1310), who give
    no interval: the limits are NaN. R: `sum(observed) / sum(ifelse(event, observed, cutoff - entry))`.
    Raises InputError, also where an entry lies after the last contact or the cut-off, or nobody can be followed.
    """
    begin = read_numbers(entry, "entry")
    contact = read_numbers(last_contact, "last_contact", length=begin.size)
    events = read_indicator(event, "event", length=begin.size)
    end = read_numbers(np.broadcast_to(np.asarray(cutoff, dtype=np.float64), begin.shape), "cutoff")
    _refuse_before(begin, contact, "last_contact")
    _refuse_before(begin, end, "cutoff")
    observed = np.minimum(contact, end) - begin
    potential = np.where(events & (contact <= end), observed, end - begin)
    if potential.sum() == 0:
        raise InputError("no time between entry and cut-off", argument="cutoff")
    return Estimate(float(observed.sum() / potential.sum()), float("nan"), float("nan"))


def _refuse_before(begin: FloatArray, end: FloatArray, argument: str) -> None:
    before = end < begin
    if before.any():
        raise InputError("before entry", argument=argument, row=int(np.argmax(before)))
