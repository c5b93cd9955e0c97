"""Edit checks 1.9: transplant. C76 and C77 stand in the HCT form, C81 in that of the conditioning drugs."""

import datetime as dt
from typing import Any

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations import treatment
from registry.models.checks.conditioning_doses import HARD_LIMITS, limits_of
from registry.models.checks.operands import Results, meaning, place_of_dose, places

LONGEST_CONDITIONING = dt.timedelta(days=30)


@check(
    "C33",
    Severity.HARD,
    fields="conditioning_drug.total_dose conditioning_drug.dose_unit conditioning_drug.drug",
    message="{value} {unit} = {std} {std_unit} is not possible. Check the unit.",
)
def dose_is_possible_for_the_drug(records: PatientRecords) -> Results:
    """The part of C33 that depends on the drug; the ranges of single items are with the completeness of a record."""
    for drug in records.all("conditioning_drug"):
        if drug.total_dose is None or drug.dose_unit is None or drug.drug is None:
            yield NOT_EVALUABLE
            continue
        limits = limits_of(drug, HARD_LIMITS)
        if limits is not None and not limits[0] <= drug.total_dose <= limits[1]:
            at_drug = (place(drug, field) for field in ("total_dose", "dose_unit", "drug"))
            dose, unit = drug.total_dose, meaning("conditioning_drug", "dose_unit", drug.dose_unit)
            yield violated(*at_drug, value=dose, unit=unit, std=dose, std_unit=unit)


@check(
    "C72",
    Severity.HARD,
    fields="hct.cond_start hct.hct_date ino_cycle.d1_date ino_cycle.d8_date ino_cycle.d15_date",
    message="Conditioning must lie between the last INO dose and HCT.",
)
def conditioning_lies_between_ino_and_transplant(records: PatientRecords) -> Results:
    transplant, last = records.one("hct"), treatment.last_dose(records.answers)
    if transplant is None or transplant.cond_start is None:
        yield NOT_EVALUABLE
        return
    if last is None or transplant.hct_date is None:
        yield NOT_EVALUABLE
    if last is not None and transplant.cond_start <= last:
        yield violated(place(transplant, "cond_start"), place_of_dose(records, last))
    if transplant.hct_date is not None:
        before = transplant.hct_date - transplant.cond_start
        if not dt.timedelta(0) <= before <= LONGEST_CONDITIONING:
            yield violated(place(transplant, "cond_start"), place(transplant, "hct_date"))


@check(
    "C73",
    Severity.HARD,
    fields="hct.hct_no prior_treatment.modalities",
    message="Transplant number {hct_no} does not fit {n} earlier allo-HCT.",
)
def number_of_the_transplant_fits_the_earlier_ones(records: PatientRecords) -> Results:
    transplant, lines = records.one("hct"), records.all("prior_treatment")
    if transplant is None or transplant.hct_no is None or any(line.modalities is None for line in lines):
        yield NOT_EVALUABLE
        return
    earlier = sum("allohct" in line.modalities for line in lines)
    if transplant.hct_no != 1 + earlier:
        at_lines = places(records, "prior_treatment", "modalities")
        yield violated(place(transplant, "hct_no"), *at_lines, hct_no=transplant.hct_no, n=earlier)


@check(
    "C79",
    Severity.HARD,
    fields="hct.tbi hct.tbi_gy conditioning_drug.drug conditioning_drug.purpose",
    message="Give dose and fractions with TBI; conditioning needs TBI or at least one drug.",
)
def conditioning_has_tbi_with_its_dose_or_a_drug(records: PatientRecords) -> Results:
    transplant = records.one("hct")
    if transplant is None or transplant.tbi is None or "tbi_gy" in transplant.missing:
        yield NOT_EVALUABLE
    elif transplant.tbi != (transplant.tbi_gy is not None):
        yield violated(place(transplant, "tbi"), place(transplant, "tbi_gy"))
    if transplant is not None and transplant.tbi is False:
        yield from _some_drug(records, transplant)


def _some_drug(records: PatientRecords, transplant: Any) -> Results:
    purposes = [drug.purpose for drug in records.all("conditioning_drug")]
    if "cond" in purposes:
        return
    if None in purposes:
        yield NOT_EVALUABLE
    else:
        yield violated(place(transplant, "tbi"), *places(records, "conditioning_drug", "purpose"))
