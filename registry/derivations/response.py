"""Response and MRD: D17, D18, D20 to D22, the first remission of D39, the dose after it (D14)."""

from datetime import date
from decimal import Decimal

from registry.derivations import relapses
from registry.derivations.patient import Patient, Record

REMISSIONS = ("cr", "cri")
BEST_FIRST = ("cr", "cri", "pr", "rd", "pd")


def response_after_first_cycle(patient: Patient) -> str | None:
    """D17: response to cycle 1 if assessed, CRi counted as CR; None if not assessed or not evaluable."""
    first = next((cycle for cycle in patient.all("ino_cycle") if cycle.integer("cycle_no") == 1), None)
    if first is None or not first.yes("resp_assessed"):
        return None
    response = first.code("resp")
    if response in REMISSIONS:
        return "cr"
    return response if response in BEST_FIRST else None


def reached_remission(cycle: Record) -> bool | None:
    """CR or CRi after this cycle; None while it is not said whether and with what result it was assessed."""
    response = cycle.code("resp")
    if response is None:
        return None if cycle.yes("resp_assessed") is not False else False
    return response in REMISSIONS


def best_response(patient: Patient) -> str | None:
    """D18: best of the responses to INO in the order CR, CRi, PR, refractory, progression."""
    responses = {cycle.code("resp") for cycle in patient.all("ino_cycle")}
    return next((response for response in BEST_FIRST if response in responses), None)


def is_responder(patient: Patient) -> bool | None:
    """D18: CR or CRi on INO; None if no response was evaluable."""
    best = best_response(patient)
    return None if best is None else best in REMISSIONS


def first_remission(patient: Patient) -> date | None:
    """D39: first date of CR or CRi on INO, None if there was none."""
    remissions = (cycle for cycle in patient.all("ino_cycle") if cycle.code("resp") in REMISSIONS)
    return min((reached for cycle in remissions if (reached := cycle.date("resp_date"))), default=None)


def in_remission_at_hct(patient: Patient) -> bool | None:
    """D20: CR or CRi on the HCT form, whatever treatment led to it."""
    status = patient.one("hct").code("status")
    return None if status is None else status in REMISSIONS


def response_before_hct(patient: Patient) -> str | None:
    """D21: relapsed if a counted relapse lies between remission on INO and HCT, even if re-induced; else the status."""
    hct = patient.one("hct")
    reached, transplanted = first_remission(patient), hct.date("hct_date")
    if reached and transplanted and any(reached <= day <= transplanted for day in relapses.counted(patient)):
        return "rel"
    status = hct.code("status")
    return "cr" if status in REMISSIONS else status


def mrd_assay(patient: Patient) -> Record | None:
    """D22: in CR or CRi at HCT, the form with the result: that of HCT, else the last INO cycle since remission."""
    hct = patient.one("hct")
    if not in_remission_at_hct(patient):
        return None
    if hct.yes("mrd_done"):
        return hct
    reached = first_remission(patient)
    if reached is None:
        return None
    results = [(day, cycle) for cycle in patient.all("ino_cycle") if (day := _mrd_date(cycle)) and day >= reached]
    return max(results, key=lambda result: result[0])[1] if results else None


def mrd_before_hct(patient: Patient) -> str | None:
    """D22: the result of that assay."""
    assay = mrd_assay(patient)
    return assay.code("mrd_result") if assay else None


def mrd_method(patient: Patient) -> str | None:
    """D22: the method of that assay."""
    assay = mrd_assay(patient)
    return assay.code("mrd_method") if assay else None


def mrd_detection_limit(patient: Patient) -> Decimal | None:
    """D22: the detection limit of that assay in percent of cells (X21)."""
    assay = mrd_assay(patient)
    return assay.decimal("mrd_lod") if assay else None


def first_dose_after_remission(patient: Patient) -> Decimal | None:
    """D14: mg/m2 on day 1 of the first cycle begun after CR or CRi on INO."""
    reached = first_remission(patient)
    later = (
        cycle for cycle in patient.all("ino_cycle") if reached and (start := cycle.date("d1_date")) and start > reached
    )
    first = min(later, key=lambda cycle: str(cycle.date("d1_date")), default=None)
    return first.decimal("d1_dose") if first else None


def _mrd_date(cycle: Record) -> date | None:
    return cycle.date("mrd_date") if cycle.yes("mrd_done") else None
