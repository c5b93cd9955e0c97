"""Edit checks 1.9, soft: intensity, doses, post-transplant cyclophosphamide."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, Violation, place, violated
from registry.checks.records import PatientRecords
from registry.crf.language import Listing
from registry.derivations import conditioning
from registry.models import ConditioningDrug
from registry.models.checks.conditioning_doses import SOFT_LIMITS, limits_of
from registry.models.checks.operands import Results, entered, meaning, places, words

# D26 knows no non-myeloablative class, and D47 counts it with reduced intensity.
STATED_AS = {"mac": "mac", "ric": "ric", "nma": "ric"}
DERIVED = {"mac": _("myeloablative"), "ric": _("reduced intensity"), "unclear": _("an unclear intensity")}
# For a drug that the table of doses does not have.
LIMITS_OF_ANY_DRUG: Any = ConditioningDrug._meta.get_field("total_dose").crf.soft


@check(
    "C80",
    Severity.SOFT,
    fields=(
        "hct.intensity hct.tbi hct.tbi_gy hct.tbi_fractions conditioning_drug.drug conditioning_drug.total_dose "
        "conditioning_drug.dose_unit conditioning_drug.route conditioning_drug.purpose"
    ),
    message="Doses suggest {derived}, you classified {intensity}. Confirm.",
)
def intensity_fits_the_doses(records: PatientRecords) -> Results:
    """Unclear because a dose is not known is not evaluable; unclear with all doses known is asked about."""
    hct = records.answers.one("hct")
    stated, derived = hct.code("intensity"), conditioning.derived_intensity(records.answers)
    has_drugs = bool(records.answers.all("conditioning_drug")) or hct.yes("tbi")
    if stated is None or not has_drugs or conditioning.myeloablative_doses(records.answers).holds is None:
        yield NOT_EVALUABLE
    elif STATED_AS[stated] != derived:
        at_doses = [place(hct, "tbi_gy")] if hct.yes("tbi") else []
        at_doses += entered(records, "conditioning_drug", "total_dose")
        label = DERIVED[derived]
        yield violated(place(hct, "intensity"), *at_doses, derived=label, intensity=words(hct, "intensity"))


@check(
    "C82",
    Severity.SOFT,
    fields="hct.gvhd_prophylaxis conditioning_drug.purpose",
    message="PTCy must appear both in GVHD prophylaxis and in the drug list.",
)
def ptcy_is_on_both_forms(records: PatientRecords) -> Results:
    hct = records.answers.one("hct")
    purposes = [drug.code("purpose") for drug in records.answers.all("conditioning_drug")]
    prophylaxis = hct.codes("gvhd_prophylaxis")
    if not prophylaxis or (None in purposes and "ptcy" not in purposes):
        yield NOT_EVALUABLE
    elif ("ptcy" in prophylaxis) != ("ptcy" in purposes):
        yield violated(place(hct, "gvhd_prophylaxis"), *places(records, "conditioning_drug", "purpose"))


@check(
    "C83",
    Severity.SOFT,
    fields=(
        "conditioning_drug.total_dose conditioning_drug.dose_unit conditioning_drug.drug conditioning_drug.route "
        "conditioning_drug.purpose"
    ),
    message="{total_dose} {dose_unit} of {drug} is unusual (expected {min}-{max}).",
)
def dose_is_usual_for_the_drug(records: PatientRecords) -> Results:
    """A drug entered twice for one purpose shows both doses."""
    entries: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for drug in records.all("conditioning_drug"):
        if drug.drug is None or drug.purpose is None or drug.total_dose is None or drug.dose_unit is None:
            yield NOT_EVALUABLE
            continue
        entries[drug.drug, drug.drug_other or "", drug.purpose].append(drug)
        low, high = limits_of(drug, SOFT_LIMITS) or (drug.total_dose, drug.total_dose)
        if not low <= drug.total_dose <= high:
            yield _unusual([drug])
    for same in entries.values():
        if len(same) > 1:
            yield _unusual(same)


def _unusual(drugs: Sequence[Any]) -> Violation:
    low, high = limits_of(drugs[0], SOFT_LIMITS) or LIMITS_OF_ANY_DRUG
    places = (place(drug, field) for drug in drugs for field in ("total_dose", "drug"))
    dose = Listing((drug.total_dose for drug in drugs), separator=_(" and "))
    unit = meaning("conditioning_drug", "dose_unit", drugs[0].dose_unit)
    name = drugs[0].drug_other or meaning("conditioning_drug", "drug", drugs[0].drug)
    return violated(*places, total_dose=dose, dose_unit=unit, drug=name, min=low, max=high)
