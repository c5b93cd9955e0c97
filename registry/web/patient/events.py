"""The dated events of a patient, in the order of their dates, whatever the order says of their truth."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.checks.records import PatientRecords
from registry.crf import words
from registry.crf.partial_dates import AnyDate, earliest, latest
from registry.crf.titles import title_of
from registry.derivations import outcome, treatment
from registry.web.addresses import record_address
from registry.web.places import anchor


@dataclass(frozen=True)
class Event:
    """`kind` is its sign in the drawing. Several moments are the doses of a cycle."""

    kind: str
    title: str
    moments: tuple[AnyDate, ...]
    url: str

    @property
    def first(self) -> dt.date:
        return min(earliest(moment) for moment in self.moments)

    @property
    def last(self) -> dt.date:
        return max(latest(moment) for moment in self.moments)

    @property
    def date(self) -> str:
        """`2019-04`, or `2019-04-01 to 2019-04-15`."""
        days = [str(moment) for moment in self.moments]
        return days[0] if len(days) == 1 else _("%(first)s to %(last)s") % {"first": days[0], "last": days[-1]}


def events_of(records: PatientRecords) -> list[Event]:
    """Stable: on one day in the order of the disease."""
    found = (*_disease(records), *_doses(records), *_after_hct(records), *_end(records))
    return sorted(found, key=lambda event: event.first)


def _disease(records: PatientRecords) -> Iterator[Event]:
    yield from _dated(records.one("diagnosis"), "dx_date", "diagnosis", _("First diagnosis"))
    yield from _dated(records.one("baseline"), "rr_date", "refractory", _("Relapsed or refractory disease"))


def _doses(records: PatientRecords) -> Iterator[Event]:
    """One event a cycle, with the doses given."""
    given = treatment.doses(records.answers)
    for record, cycle in zip(records.all("ino_cycle"), records.answers.all("ino_cycle"), strict=True):
        days = sorted(dose.date for dose in given if dose.cycle is cycle)
        if days:
            count = ngettext("%d dose", "%d doses", len(days)) % len(days)
            yield Event("ino", f"{title_of(record)}, {count}", tuple(days), _address(record, "d1_date"))


def _after_hct(records: PatientRecords) -> Iterator[Event]:
    yield from _dated(records.one("hct"), "hct_date", "hct", _("Allo-HCT"))
    if (sos := records.one("sos_vod")) and sos.occurred:
        yield from _dated(sos, "dx_date", "sos", _("SOS/VOD"))
    yield from _dated(records.one("gvhd"), "agvhd_date", "gvhd", _("Acute GVHD"))
    for record in records.all("relapse"):
        kind = words.value_in_words(record._meta.get_field("rel_type"), record.rel_type)
        title = _("Relapse: %(kind)s") % {"kind": kind} if kind else _("Relapse")
        yield from _dated(record, "rel_date", "relapse", title)


def _end(records: PatientRecords) -> Iterator[Event]:
    if outcome.is_dead(records.answers):
        yield from _dated(records.one("death"), "death_date", "death", _("Death"))
        return
    day = outcome.last_contact(records.answers)
    visit = next((each for each in records.all("follow_up") if each.alive and each.visit_date == day), None)
    yield from _dated(visit, "visit_date", "contact", _("Last contact, alive"))


def _dated(record: Any, field: str, kind: str, title: str) -> Iterator[Event]:
    moment = getattr(record, field, None)
    if moment:
        yield Event(kind, title, (moment,), _address(record, field))


def _address(record: Any, field: str) -> str:
    return record_address(record) + anchor(field)
