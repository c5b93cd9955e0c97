"""Survival and the competing events: D34 to D36, D38 to D40."""

from datetime import date

from registry.derivations import relapses, response, treatment
from registry.derivations.patient import Patient
from registry.derivations.transplant import date_of_hct, days_between

CENSORED, RELAPSE, DEATH_IN_REMISSION = "0", "1", "2"


def date_of_death(patient: Patient) -> date | None:
    """Day of death, None for a patient not recorded as dead."""
    return patient.one("death").date("death_date")


def last_contact(patient: Patient) -> date | None:
    """D34: the day of death, else the latest visit alive."""
    died = date_of_death(patient)
    visits = (visit for visit in patient.all("follow_up") if visit.yes("alive"))
    return died or max((day for visit in visits if (day := visit.date("visit_date"))), default=None)


def is_dead(patient: Patient) -> bool:
    """D34: a date of death is recorded."""
    return date_of_death(patient) is not None


def status_at_last_contact(patient: Patient) -> str | None:
    """D34: dead or alive; None before the first contact."""
    if last_contact(patient) is None:
        return None
    return "dead" if is_dead(patient) else "alive"


def survival_from_ino(patient: Patient) -> int | None:
    """D35: days from the first INO dose to death or last contact."""
    return days_between(treatment.first_dose(patient), last_contact(patient))


def survival_from_hct(patient: Patient) -> int | None:
    """D36: days from HCT to death or last contact."""
    return days_between(date_of_hct(patient), last_contact(patient))


def start_of_incidence(patient: Patient) -> date | None:
    """D39: first CR or CRi on INO; the day of HCT for the others, whatever bridging achieved."""
    return response.first_remission(patient) or date_of_hct(patient)


def first_event(patient: Patient) -> tuple[date | None, str]:
    """D40: day and kind of the first event. A relapse wins a tie.

    A death outside remission without a recorded relapse is progression, dated by the death: each death is then one
    of the two competing events and no dead patient is counted as censored.
    """
    relapsed = relapses.after_hct(patient)
    if relapsed is not None:
        return relapsed, RELAPSE
    if not is_dead(patient):
        return last_contact(patient), CENSORED
    in_remission = patient.one("death").yes("in_remission")
    return date_of_death(patient), RELAPSE if in_remission is False else DEATH_IN_REMISSION


def days_to_first_event(patient: Patient) -> int | None:
    """D40: days from D39 to the first event or last contact."""
    return days_between(start_of_incidence(patient), first_event(patient)[0])


def incidence_status(patient: Patient) -> str | None:
    """D40: the kind of the first event; None while its clock has no start or no end."""
    return None if days_to_first_event(patient) is None else first_event(patient)[1]


def response_day(patient: Patient) -> int | None:
    """D39 counted from the first INO dose; None without CR or CRi on INO."""
    return days_between(treatment.first_dose(patient), response.first_remission(patient))


def hct_to_relapse(patient: Patient) -> int | None:
    """D38 in days from HCT."""
    return days_between(date_of_hct(patient), relapses.after_hct(patient))
