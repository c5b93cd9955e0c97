"""Transplant and SOS/VOD: D23 to D25, D27 to D31, D43, D47."""

from datetime import date

from registry.derivations import treatment
from registry.derivations.patient import Patient, Record

ALKYLATORS = {"bu", "cy", "mel", "tt", "treo", "benda", "bcnu", "ifo"}
LAST_CLASSICAL_DAY = 21  # of SOS/VOD after HCT
DONOR_GROUPS = {"mrel": "mrel", "syn": "mrel", "mud": "mud", "haplo": "haplo_cb", "cb": "haplo_cb"}


def days_between(start: date | None, end: date | None) -> int | None:
    """Whole days; None if either date is missing."""
    return None if start is None or end is None else (end - start).days


def date_of_hct(patient: Patient) -> date | None:
    """Day 0 of the index transplant."""
    return patient.one("hct").date("hct_date")


def last_dose_to_hct(patient: Patient) -> int | None:
    """D23: days from the last INO dose to HCT."""
    return days_between(treatment.last_dose(patient), date_of_hct(patient))


def first_dose_to_hct(patient: Patient) -> int | None:
    """D24: days from the first INO dose to HCT."""
    return days_between(treatment.first_dose(patient), date_of_hct(patient))


def alkylators(patient: Patient) -> set[str]:
    """D25: distinct alkylating agents of the conditioning; post-transplant cyclophosphamide is none of them."""
    drugs = (drug for drug in patient.all("conditioning_drug") if drug.code("purpose") == "cond")
    return {name for drug in drugs if (name := _alkylator(drug))}


def _alkylator(drug: Record) -> str | None:
    name = drug.code("drug")
    if name == "other" and drug.yes("other_alkylator"):
        return f"other: {drug.code('drug_other')}"
    return name if name in ALKYLATORS else None


def dual_alkylators(patient: Patient) -> bool | None:
    """D25: two or more. None if neither a drug nor irradiation is recorded: the list is then incomplete."""
    if not patient.all("conditioning_drug") and not patient.one("hct").yes("tbi"):
        return None
    return len(alkylators(patient)) >= 2


def donor_group(patient: Patient) -> str | None:
    """D27: matched related (with syngeneic), matched unrelated, haploidentical or cord blood, other (mismatched)."""
    donor = patient.one("hct").code("donor")
    return None if donor is None else DONOR_GROUPS.get(donor, "other")


def donor_matched(patient: Patient) -> bool | None:
    """D27 for the Cox model: matched related or unrelated against the rest."""
    group = donor_group(patient)
    return None if group is None else group in ("mrel", "mud")


def myeloablative(patient: Patient) -> bool | None:
    """D47: as classified by the centre; reduced-intensity and non-myeloablative are one class."""
    intensity = patient.one("hct").code("intensity")
    return None if intensity is None else intensity == "mac"


def sos(patient: Patient) -> bool | None:
    """D28: SOS/VOD after the index HCT."""
    return patient.one("sos_vod").yes("occurred")


def sos_fatal(patient: Patient) -> bool | None:
    """D28: died of SOS/VOD; no for a patient without it."""
    occurred, outcome = sos(patient), patient.one("sos_vod").code("outcome")
    if occurred:
        return None if outcome is None else outcome == "fatal"
    return occurred


def last_dose_to_sos(patient: Patient) -> int | None:
    """D29: days from the last INO dose to the diagnosis of SOS/VOD."""
    return days_between(treatment.last_dose(patient), patient.one("sos_vod").date("dx_date"))


def hct_to_sos(patient: Patient) -> int | None:
    """D30: days from HCT to the diagnosis of SOS/VOD."""
    return days_between(date_of_hct(patient), patient.one("sos_vod").date("dx_date"))


def sos_onset(patient: Patient) -> str | None:
    """D31: classical until day 21 after HCT, late onset after it."""
    day = hct_to_sos(patient)
    if day is None:
        return None
    return "classical" if day <= LAST_CLASSICAL_DAY else "late onset"


def maintenance(patient: Patient) -> bool | None:
    """D43: maintenance or pre-emptive treatment after HCT."""
    return patient.one("maintenance").yes("given")
