"""Relapses that count as events: D38."""

from datetime import date

from registry.derivations.patient import Patient, Record


def counted_records(patient: Patient) -> list[Record]:
    """Dated relapses or progressions of a known type; a molecular relapse alone is no event."""
    events = patient.all("relapse")
    return [event for event in events if event.code("rel_date") and event.code("rel_type") not in (None, "mol")]


def counted(patient: Patient) -> list[date]:
    """The dates of the relapses that count, in order."""
    return sorted(day for event in counted_records(patient) if (day := event.date("rel_date")))


def after_hct(patient: Patient) -> date | None:
    """D38: the first counted relapse after the day of HCT."""
    transplanted = patient.one("hct").date("hct_date")
    if transplanted is None:
        return None
    return min((day for day in counted(patient) if day > transplanted), default=None)
