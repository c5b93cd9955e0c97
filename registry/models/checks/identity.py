"""Edit checks 1.1: identity, access, eligibility. C07 stands in the eligibility form."""

import re

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations import transplant
from registry.models.checks.operands import Results

PATIENT_NUMBER = re.compile(r"([0-9]{2})-[0-9]{3}")
HIGHEST_AGE_ENTERED = 90  # ages above 89 are entered as 90


@check(
    "C01",
    Severity.HARD,
    fields="patient.number patient.centre",
    message=("The patient number must be the two-digit centre number, a hyphen and three digits (for example 03-007)."),
)
def patient_number_starts_with_the_centre(records: PatientRecords) -> Results:
    patient = records.patient
    if patient.number is None:
        yield NOT_EVALUABLE
        return
    number = PATIENT_NUMBER.fullmatch(patient.number)
    if number is None or int(number[1]) != patient.centre_id:
        yield violated(place(patient, "number"), place(patient, "centre"))


@check(
    "C02",
    Severity.HARD,
    fields="patient.centre centre.active centre.role centre.irb_approval_date",
    message="This centre cannot enter patients: it is inactive, only coordinates, or has no ethics approval date.",
)
def centre_may_enter_patients(records: PatientRecords) -> Results:
    centre = records.centre
    faults = {
        "active": centre.active is False,
        "role": centre.role == "coord",
        "irb_approval_date": centre.irb_approval_date is None or centre.irb_approval_date > records.today,
    }
    if any(faults.values()):
        at_centre = (place(centre, field) for field, is_fault in faults.items() if is_fault)
        yield violated(place(records.patient, "centre"), *at_centre)


@check(
    "C05",
    Severity.HARD,
    fields="patient.birth_year patient.age_rr baseline.rr_date centre.date_policy",
    message="Age {age_rr} and year of birth {birth_year} do not fit the date of relapse {rr_date}.",
)
def age_and_year_of_birth_agree(records: PatientRecords) -> Results:
    patient, baseline = records.patient, records.one("baseline")
    if records.centre.date_policy != "real" or (patient.birth_year is None and "birth_year" not in patient.missing):
        return
    if patient.birth_year is None or patient.age_rr is None or baseline is None or baseline.rr_date is None:
        yield NOT_EVALUABLE
        return
    years = baseline.rr_date.year - patient.birth_year
    if patient.age_rr == HIGHEST_AGE_ENTERED:
        years = min(years, HIGHEST_AGE_ENTERED)
    if abs(years - patient.age_rr) > 1:
        yield violated(
            place(patient, "birth_year"),
            place(patient, "age_rr"),
            place(baseline, "rr_date"),
            age_rr=patient.age_rr,
            birth_year=patient.birth_year,
            rr_date=baseline.rr_date,
        )


@check(
    "C08",
    Severity.HARD,
    fields="eligibility.hct_after_ino hct.hct_date",
    message='"HCT after INO" and the HCT form contradict each other.',
)
def transplant_after_ino_is_on_its_form(records: PatientRecords) -> Results:
    eligibility = records.one("eligibility")
    if eligibility is None or eligibility.hct_after_ino is None:
        yield NOT_EVALUABLE
    elif eligibility.hct_after_ino != (transplant.date_of_hct(records.answers) is not None):
        yield violated(place(eligibility, "hct_after_ino"), place(records.one("hct") or "hct", "hct_date"))
