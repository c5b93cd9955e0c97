"""Dates known to the year, the month or the day. They are never silently completed."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
HOW = gettext_lazy("Enter year, year-month or a full date.")


@dataclass(frozen=True)
class PartialDate:
    """A year, a month of a year, or a day. Compare with `certainly_after`, never with `>`."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError(f"{_('A day without a month is not a date.')} {HOW}")
        try:
            dt.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError as error:
            refused = _("“%(date)s” is not a date of the calendar.") % {"date": self}
            raise ValueError(f"{refused} {HOW}") from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2019`, `2019-04` or `2019-04-03`; a year of two digits is refused."""
        match = _FORM.fullmatch(text.strip())
        if match is None:
            refused = _("“%(text)s” is not readable as a date.") % {"text": text}
            raise ValueError(f"{refused} {HOW} {_('Years have four digits, for example 2019-04.')}")
        year, month, day = (None if part is None else int(part) for part in match.groups())
        assert year is not None
        return cls(year, month, day)

    def __str__(self) -> str:
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    def earliest(self) -> dt.date:
        return dt.date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> dt.date:
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def midpoint(self) -> dt.date:
        """The 15th of a month, 1 July of a year: used only where an analysis says so."""
        if self.month is None:
            return dt.date(self.year, 7, 1)
        return dt.date(self.year, self.month, self.day or 15)


AnyDate = PartialDate | dt.date


def earliest(date: AnyDate) -> dt.date:
    return date.earliest() if isinstance(date, PartialDate) else date


def latest(date: AnyDate) -> dt.date:
    return date.latest() if isinstance(date, PartialDate) else date


def certainly_after(one: AnyDate, other: AnyDate) -> bool:
    """True only if the earliest possible `one` is after the latest possible `other`."""
    return earliest(one) > latest(other)


def certainly_before(one: AnyDate, other: AnyDate) -> bool:
    return certainly_after(other, one)
