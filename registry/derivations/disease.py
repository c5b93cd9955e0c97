"""The patient and the disease: D01, D03, D04, D06, D07."""

from decimal import Decimal

from registry.crf import units
from registry.crf.karyotype import Karyotype, parse
from registry.derivations.patient import Patient, Record

DIAGNOSIS, RELAPSE = "dx", "rr"


def age(patient: Patient) -> int | None:
    """D01: age as entered, in completed years at relapsed or refractory disease."""
    return patient.one("patient").integer("age_rr")


def standard_laboratory_value(patient: Patient, quantity: str) -> Decimal | None:
    """D03: value times the factor of its unit, with full precision and no trailing zeros."""
    baseline = patient.one("baseline")
    value, unit = baseline.decimal(quantity), baseline.code(f"{quantity}_unit")
    return None if value is None or unit is None else units.to_standard(quantity, value, unit).normalize()


def sample(patient: Patient, timepoint: str) -> Record:
    """The cytogenetics form of a time point, absent if there is none."""
    samples = patient.all("cytogenetics")
    return next((found for found in samples if found.code("timepoint") == timepoint), Record("cytogenetics", {}))


def karyotype_class(patient: Patient, timepoint: str) -> str | None:
    """D04: the class after central review if there is one, else derived from the ISCN string.

    None where banding was not done or the string has no readable banded karyotype.
    """
    return class_of_sample(sample(patient, timepoint))


def class_of_sample(found: Record) -> str | None:
    """D04 of one cytogenetics form."""
    read = karyotype(found)
    return None if read is None else found.code("class_review") or read.karyotype_class


def karyotype(found: Record) -> Karyotype | None:
    """The ISCN string as read, a single t(9;22) cell confirmed by BCR::ABL1 kept. None where banding was not done."""
    if found.code("banding") != "done":
        return None
    return parse(found.code("iscn") or "", bcr_abl1_positive=bool(found.yes("bcr_abl1")))


def karyotype_class_of_patient(patient: Patient) -> str | None:
    """D06: t(9;22) at either time point, else complex at either, else diagnosis, else relapse."""
    at_diagnosis = karyotype_class(patient, DIAGNOSIS)
    at_relapse = karyotype_class(patient, RELAPSE)
    for leading in ("t922", "complex"):
        if leading in (at_diagnosis, at_relapse):
            return leading
    return at_diagnosis or at_relapse


def ph_positive(patient: Patient) -> bool | None:
    """D07: t(9;22) or BCR::ABL1 at any time, or CML in blast crisis; no if a result is negative and none positive."""
    classes = {karyotype_class(patient, timepoint) for timepoint in (DIAGNOSIS, RELAPSE)}
    results = {found.yes("bcr_abl1") for found in patient.all("cytogenetics")}
    if "t922" in classes or True in results or patient.one("diagnosis").code("dx_entity") == "cml_lbc":
        return True
    return False if False in results or classes - {None} else None
