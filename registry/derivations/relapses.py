"""Relapses that count as events: D38."""

from datetime import date

from registry.derivations.patient import Patient


def counted(patient: Patient) -> list[date]:
    """Dates of relapse or progression in order; a molecular relapse alone is no event."""
    events = (event for event in patient.all("relapse") if event.code("rel_type") != "mol")
    return sorted(day for event in events if (day := event.date("rel_date")))


def after_hct(patient: Patient) -> date | None:
    """D38: the first counted relapse after the day of HCT."""
    transplanted = patient.one("hct").date("hct_date")
    if transplanted is None:
        return None
    return min((day for day in counted(patient) if day > transplanted), default=None)
