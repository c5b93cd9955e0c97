"""Edit checks 1.1, soft: identifiers in free text, age, double enrolment, CD22, the time of treatment."""

import datetime as dt
import re

from django.utils.translation import gettext_lazy as _

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Place, Severity, place, violated
from registry.checks.records import OtherPatient, PatientRecords
from registry.derivations import disease, transplant, treatment
from registry.models.checks.operands import Results, place_of_dose, words

FREE_TEXTS = (
    ("prior_treatment", "regimen"),
    ("pre_hct_therapy", "regimen"),
    ("death", "cause_text"),
    ("conditioning_drug", "drug_other"),
    ("cytogenetics", "class_review_reason"),
)
IDENTIFIER = re.compile(
    r"[^\s@]+@[^\s@]+\.[a-z]{2,}"  # an e-mail address
    r"|\b[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}\b"  # a date of birth
    r"|[0-9]{6,}",  # a record number
    re.IGNORECASE,
)
ADULT = 18
POSITIVE_BLASTS = 20  # per cent
APPROVED = {"US": dt.date(2017, 8, 17)}
APPROVED_IN_EUROPE = dt.date(2017, 6, 29)
STUDY_WINDOW = dt.date(2016, 1, 1), dt.date(2022, 12, 31)


@check(
    "C03",
    Severity.SOFT,
    fields=" ".join(f"{form}.{field}" for form, field in FREE_TEXTS),
    message=(
        "This text looks as if it contains a date of birth, a record number or an e-mail address. "
        "Remove it or confirm that it identifies nobody."
    ),
)
def free_text_identifies_nobody(records: PatientRecords) -> Results:
    for form, field in FREE_TEXTS:
        for record in records.answers.all(form):
            if IDENTIFIER.search(record.code(field) or ""):
                yield violated(place(record, field))


@check(
    "C04",
    Severity.SOFT,
    fields="patient.age_rr",
    message="The study is for adults (one adolescent of 16 was included). Confirm and give the reason.",
)
def patient_is_an_adult(records: PatientRecords) -> Results:
    age = disease.age(records.answers)
    if age is None:
        yield NOT_EVALUABLE
    elif age < ADULT:
        yield violated(place(records.patient, "age_rr"))


@check(
    "C06",
    Severity.SOFT,
    fields="patient.sex patient.birth_year hct.hct_date ino_cycle.d1_date",
    message=(
        "A patient with the same sex, year of birth and treatment date is already registered ({other_id}). "
        "Confirm that this is another person."
    ),
)
def patient_is_registered_once(records: PatientRecords) -> Results:
    """Across centres the message names no number and is for the coordinating centre."""
    patient, first = records.answers.one("patient"), treatment.first_dose(records.answers)
    sex, born = patient.code("sex"), patient.integer("birth_year")
    transplanted = transplant.date_of_hct(records.answers)
    if records.other_patients is None or sex is None or born is None or (first is None and transplanted is None):
        yield NOT_EVALUABLE
        return
    for other in records.other_patients(sex, born):
        same_date = _same_date_of_treatment(records, other)
        if same_date is not None:
            elsewhere = other.centre_no != records.patient.centre_id
            at_patient = (place(records.patient, field) for field in ("sex", "birth_year"))
            whose = {"other_patient": other.number, "is_across_centres": elsewhere}
            yield violated(
                *at_patient, same_date, other_id=_("at another centre") if elsewhere else other.number, **whose
            )


def _same_date_of_treatment(records: PatientRecords, other: OtherPatient) -> Place | None:
    transplanted, first = transplant.date_of_hct(records.answers), treatment.first_dose(records.answers)
    if transplanted is not None and other.hct_date == transplanted:
        return place(records.one("hct"), "hct_date")
    return place_of_dose(records, first) if first is not None and other.first_dose == first else None


@check(
    "C09",
    Severity.SOFT,
    fields="eligibility.cd22_pos",
    message="All published patients were CD22-positive. Confirm the result.",
)
def disease_is_cd22_positive(records: PatientRecords) -> Results:
    eligibility = records.answers.one("eligibility")
    if eligibility.yes("cd22_pos") is None and eligibility.reason("cd22_pos") is None:
        yield NOT_EVALUABLE
    elif not eligibility.yes("cd22_pos"):
        yield violated(place(eligibility, "cd22_pos"))


@check(
    "C10",
    Severity.SOFT,
    fields="eligibility.cd22_pos eligibility.cd22_pct",
    message="CD22 {cd22_pos} does not fit {cd22_pct}% positive blasts (20% is the usual limit).",
)
def cd22_fits_its_percentage(records: PatientRecords) -> Results:
    eligibility = records.answers.one("eligibility")
    is_positive, percentage = eligibility.yes("cd22_pos"), eligibility.decimal("cd22_pct")
    if eligibility.reason("cd22_pct") or (percentage is not None and is_positive is None):
        yield NOT_EVALUABLE
    elif percentage is not None and is_positive != (percentage >= POSITIVE_BLASTS):
        places = place(eligibility, "cd22_pos"), place(eligibility, "cd22_pct")
        yield violated(*places, cd22_pos=words(eligibility, "cd22_pos"), cd22_pct=percentage)


@check(
    "C11",
    Severity.SOFT,
    fields="eligibility.ino_programme ino_cycle.d1_date centre.date_policy centre.country",
    message="INO was not yet approved on {d1_date}. Compassionate use?",
)
def in_label_use_follows_approval(records: PatientRecords) -> Results:
    if records.centre.date_policy != "real":
        return
    eligibility, first = records.answers.one("eligibility"), treatment.first_dose(records.answers)
    programme = eligibility.code("ino_programme")
    if programme is None or first is None:
        yield NOT_EVALUABLE
    elif programme == "label" and first < APPROVED.get(records.centre.country, APPROVED_IN_EUROPE):
        yield violated(place(eligibility, "ino_programme"), place_of_dose(records, first), d1_date=first)


@check(
    "C12",
    Severity.SOFT,
    fields="ino_cycle.d1_date centre.date_policy",
    message=(
        "INO start {d1_date} is outside 2016-2022. Allowed for the running registry, not part of the published cohort."
    ),
)
def ino_starts_in_the_study_window(records: PatientRecords) -> Results:
    if records.centre.date_policy != "real":
        return
    first = treatment.first_dose(records.answers)
    if first is None:
        yield NOT_EVALUABLE
    elif not STUDY_WINDOW[0] <= first <= STUDY_WINDOW[1]:
        yield violated(place_of_dose(records, first), d1_date=first)
