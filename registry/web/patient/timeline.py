"""The timeline: a table of the events in order, whose rows share one drawn axis."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from registry.checks.records import PatientRecords
from registry.crf.partial_dates import AnyDate, earliest, latest
from registry.derivations import transplant, treatment
from registry.web.patient.events import Event, events_of
from registry.web.patient.scale import Scale, scale_of


@dataclass(frozen=True)
class Mark:
    """One sign; a date known to the month or the year also has a bar, of all days it may be."""

    x: float
    left: float
    width: float


@dataclass(frozen=True)
class TimelineRow:
    event: Event
    marks: tuple[Mark, ...]
    from_ino: str  # days, empty where one of the dates is not known
    from_hct: str
    warning: str


@dataclass(frozen=True)
class Timeline:
    rows: tuple[TimelineRow, ...]
    scale: Scale
    ino: float | None
    hct: float | None


def timeline_of(records: PatientRecords) -> Timeline | None:
    """None where no date is entered."""
    events = events_of(records)
    if not events:
        return None
    ino, hct = treatment.first_dose(records.answers), transplant.date_of_hct(records.answers)
    scale = scale_of(min(event.first for event in events), max(event.last for event in events), ino=ino, hct=hct)
    rows = tuple(
        TimelineRow(
            event,
            tuple(_mark(moment, scale) for moment in event.moments),
            _days(event.moments, ino),
            _days(event.moments, hct),
            _contradiction(event, events),
        )
        for event in events
    )
    return Timeline(rows, scale, scale.place(ino) if ino else None, scale.place(hct) if hct else None)


def _mark(moment: AnyDate, scale: Scale) -> Mark:
    left, right = scale.place(earliest(moment)), scale.place(latest(moment))
    return Mark(round((left + right) / 2, 2), left, round(right - left, 2))


def _days(moments: Sequence[AnyDate], origin: dt.date | None) -> str:
    """`−81`, or for a date not known to the day `−40 to −12`."""
    if origin is None:
        return ""
    return ", ".join(_range((earliest(each) - origin).days, (latest(each) - origin).days) for each in moments)


def _range(low: int, high: int) -> str:
    return _signed(low) if low == high else _("%(low)s to %(high)s") % {"low": _signed(low), "high": _signed(high)}


def _signed(days: int) -> str:
    return str(days).replace("-", "−")


def _contradiction(event: Event, events: Sequence[Event]) -> str:
    """What cannot be, said beside the event and drawn where the date puts it."""
    diagnosis = next((each for each in events if each.kind == "diagnosis"), None)
    death = next((each for each in events if each.kind == "death"), None)
    if diagnosis and event.last < diagnosis.first:
        return _("before first diagnosis")
    return _("after death") if death and event.first > death.last else ""
