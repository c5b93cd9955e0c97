"""Clark's completeness of follow-up: the share of the time at risk that was observed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Followed:
    """One patient: first INO dose, last day of contact (the day of death for the dead), and whether dead."""

    entry: date
    last_contact: date
    is_dead: bool


def completeness_of_follow_up(patients: Iterable[Followed], *, until: date) -> float | None:
    """Sum of observed over sum of potential follow-up until a day; None where nobody could be followed.

    Potential follow-up ends at death. What came after the day is not counted, nor who entered after it. Clark, Altman
    and De Stavola 2002 (Lancet 359: 1309-1310).
    """
    observed = potential = 0
    for patient in patients:
        possible = (until - patient.entry).days
        if possible <= 0:
            continue
        seen = min(max((patient.last_contact - patient.entry).days, 0), possible)
        observed += seen
        potential += seen if patient.is_dead and patient.last_contact <= until else possible
    return observed / potential if potential else None
