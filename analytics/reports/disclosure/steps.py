"""Curves of all centres in steps that each stand for several patients of the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from analytics.cohort.data_set import AnalysisDataSet, Mask, Numbers
from analytics.plan.clock import in_days

Line = Mapping[str, Any]

EVERY_MONTHS: Final = 12  # between two numbers at risk
AT_MONTHS: Final = re.compile(r"at (\d+) months")
DAYS: Final = {"Overall survival": "os_days", "Cumulative incidence": "ci_days"}
EVENTS: Final = {
    "overall survival": ("os_event", "1"),
    "relapse or progression": ("ci_status", "1"),
    "death in remission": ("ci_status", "2"),
}


@dataclass(frozen=True, eq=False)
class Others:
    """The patients of the other centres on the clock of a curve: days, and who had the event."""

    days: Numbers
    event: Mask
    threshold: int

    @classmethod
    def of(cls, data: AnalysisDataSet, own: Mask, *, quantity: str, event: str, threshold: int) -> "Others":
        column, code = EVENTS[event]
        return cls(data.numbers(DAYS[quantity])[~own], data.codes(column)[~own] == code, threshold)

    def are_enough_at(self, day: float) -> bool:
        """Several had the event by then, and several are still observed."""
        events, observed = self.event & (self.days <= day), self.days >= day
        return min(int(events.sum()), int(observed.sum())) >= self.threshold

    def left_between(self, day: float, later: float) -> int:
        return int(((self.days >= day) & (self.days < later)).sum())


def in_steps(line: Line, others: Others) -> dict[str, Any]:
    """The curve where the others had several events since the last step, as long as several are observed.

    Between two numbers at risk several of the others left, or none; events and censorings by the day are not kept.
    """
    places, since = [], 0
    for place, day in enumerate(line["time"]):
        events = int((others.event & (others.days <= day)).sum())
        if events - since >= others.threshold and others.are_enough_at(day):
            places.append(place)
            since = events
    steps = {name: [_rounded(line[name][place]) for place in places] for name in ("estimate", "lower", "upper")}
    nothing: dict[str, list[int]] = {name: [] for name in ("n_risk", "n_event", "n_censor")}
    return {**line, **steps, **nothing, "time": [line["time"][p] for p in places], "at_risk": _at_risk(line, others)}


def _at_risk(line: Line, others: Others) -> list[dict[str, int]]:
    """Patients observed at 0, 12, 24 months and so on, where that tells of no few."""
    found, last, month = [], 0.0, 0
    while in_days(month) <= max(line["time"], default=0):
        day = in_days(month)
        still, left = int((others.days >= day).sum()), others.left_between(last, day)
        if still >= others.threshold and (left == 0 or left >= others.threshold):
            found.append({"month": month, "n": int(line["n_risk"][int(np.searchsorted(line["time"], day))])})
            last = day
        month += EVERY_MONTHS
    return found


def _rounded(share: float | None) -> float | None:
    """As a percentage is printed: one decimal."""
    return None if share is None else round(share, 3)


def month_of(label: str) -> int | None:
    """Of a number that is read from a curve at a time."""
    found = AT_MONTHS.search(label)
    return int(found[1]) if found else None
