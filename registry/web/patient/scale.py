"""The time axis: linear while that reads well; a long time before INO or after HCT is drawn shorter, and said so."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

DAYS_AFTER_HCT: Final = 100  # what follows stands in a stretch of its own
LARGEST_SHARE_BEFORE, LARGEST_SHARE_AFTER = 0.22, 0.28
LEFT, RIGHT = 2.0, 98.0  # per cent of the width, so that a sign at the end is whole
BETWEEN_TICKS: Final = 9.0
MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240)
DAYS_OF_A_MONTH: Final = 30.4375


@dataclass(frozen=True)
class Stretch:
    """A part of the axis with one scale."""

    start: dt.date
    end: dt.date
    left: float
    right: float

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def width(self) -> float:
        return round(self.right - self.left, 2)

    @property
    def percent_per_day(self) -> float:
        return self.width / max(self.days, 1)

    def place(self, day: dt.date) -> float:
        return self.left + self.percent_per_day * (day - self.start).days


@dataclass(frozen=True)
class Tick:
    """`is_minor`: its label is left out on a small screen."""

    x: float
    label: str
    is_minor: bool


@dataclass(frozen=True)
class Scale:
    stretches: tuple[Stretch, ...]

    def place(self, day: dt.date) -> float:
        """Per cent of the width."""
        stretch = next((each for each in self.stretches if day <= each.end), self.stretches[-1])
        return round(stretch.place(day), 2)

    @property
    def compressed(self) -> list[Stretch]:
        """What is drawn shorter than the widest scale, where there are several."""
        return [
            each for each in self.stretches if each.percent_per_day < max(s.percent_per_day for s in self.stretches)
        ]

    @property
    def ticks(self) -> list[Tick]:
        """The first days of months, never too close."""
        found: list[Tick] = []
        for x, label in (mark for stretch in self.stretches for mark in _marks(stretch)):
            if 4 < x < 96 and (not found or x - found[-1].x >= BETWEEN_TICKS):
                found.append(Tick(round(x, 2), label, len(found) % 2 == 1))
        return found


def scale_of(first: dt.date, last: dt.date, *, ino: dt.date | None, hct: dt.date | None) -> Scale:
    """Time before the first INO dose and after day 100 is compressed where it would take more than its share."""
    start = min(max(ino, first), last) if ino else first
    end = min(max(_later(hct or ino), start), last) if ino else last
    total = max((last - first).days, 1)
    before, after = (start - first).days / total, (last - end).days / total
    if (before <= LARGEST_SHARE_BEFORE and after <= LARGEST_SHARE_AFTER) or start == end:
        return Scale((Stretch(first, last, LEFT, RIGHT),))
    return Scale(tuple(_stretches((first, start, end, last), before, after)))


def _later(day: dt.date) -> dt.date:
    """Day 100; a draft may hold any date of the calendar."""
    return day + min(dt.timedelta(days=DAYS_AFTER_HCT), dt.date.max - day)


def _stretches(days: tuple[dt.date, ...], before: float, after: float) -> Iterator[Stretch]:
    width = RIGHT - LEFT
    edges = (
        LEFT,
        LEFT + width * min(before, LARGEST_SHARE_BEFORE),
        RIGHT - width * min(after, LARGEST_SHARE_AFTER),
        RIGHT,
    )
    for (start, end), (left, right) in zip(pairwise(days), pairwise(edges), strict=True):
        if start < end:
            yield Stretch(start, end, round(left, 2), round(right, 2))


def _marks(stretch: Stretch) -> Iterator[tuple[float, str]]:
    months = stretch.days / DAYS_OF_A_MONTH
    step = next((each for each in MONTHS if each * stretch.width >= BETWEEN_TICKS * months), MONTHS[-1])
    first = stretch.start.year * 12 + stretch.start.month - 1
    for month in range(max(first - first % step, 12), stretch.end.year * 12 + stretch.end.month, step):
        day = dt.date(month // 12, month % 12 + 1, 1)
        if stretch.start <= day <= stretch.end:
            yield stretch.place(day), str(day.year) if step >= 12 else f"{day:%Y-%m}"
