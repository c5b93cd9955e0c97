"""Edit checks 1.10, soft: onset, criteria, severity, grade and treatment of SOS/VOD."""

from collections.abc import Iterable

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations import sos_criteria, sos_severity, transplant
from registry.derivations.patient import Record
from registry.derivations.statement import conjunction, disjunction
from registry.derivations.transplant import days_between
from registry.models.checks.operands import Results, meaning, shown, words

LATEST_DAY = 60
LATEST_DEFIBROTIDE = 14  # days after diagnosis
LIFE_THREATENING, MODERATE = 4, 2
NOT_COMPUTED = "inovate"
# fmt: off
CRITERIA_ITEMS = (
    "dx_date", "bili_dx", "hepatomegaly", "ruq_pain", "weight_gain", "ascites", "doppler", "elastography", "hvpg",
    "biopsy", "other_cause_excluded",
)
SEVERITY_ITEMS = (
    "dx_date", "symptom_date", "bili_max", "bili_doubled", "alt_max", "weight_gain", "creat_max", "mod_organs",
    "ebmt_severity",
)
# fmt: on
SEVERITY_FIELDS = (
    "hct.creat hct.alt_uln hct.alt hct.bili hct.hct_no hct.donor hct.kps hct.liver_disease hct.status hct.intensity "
    "hct.tbi conditioning_drug.drug conditioning_drug.purpose prior_treatment.relapsed_after"
)


def _with_sos(records: PatientRecords) -> Record | None:
    sos = records.answers.one("sos_vod")
    return sos if sos.yes("occurred") else None


def _fields(names: Iterable[str]) -> str:
    return " ".join(f"sos_vod.{name}" for name in names)


@check(
    "C87",
    Severity.SOFT,
    fields="sos_vod.dx_date hct.hct_date",
    message="SOS/VOD on day {n} (published range 5-42). Confirm.",
)
def sos_vod_is_not_very_late(records: PatientRecords) -> Results:
    sos, day = _with_sos(records), transplant.hct_to_sos(records.answers)
    if sos is not None and day is None:
        yield NOT_EVALUABLE
    elif sos is not None and day is not None and day > LATEST_DAY:
        yield violated(place(sos, "dx_date"), place(records.one("hct"), "hct_date"), n=day)


@check(
    "C89",
    Severity.SOFT,
    fields=f"sos_vod.occurred hct.hct_date {_fields(CRITERIA_ITEMS)}",
    message=("The items meet neither modified Seattle, Baltimore, EBMT 2016 nor EBMT 2023. Complete them or explain."),
)
def some_published_criteria_are_met(records: PatientRecords) -> Results:
    sos = _with_sos(records)
    if sos is None:
        return
    is_met = disjunction(found.is_met for found in sos_criteria.assess(records.answers).values())
    if is_met is None:
        yield NOT_EVALUABLE
    elif not is_met:
        yield violated(place(sos, "occurred"), *(place(sos, field) for field in CRITERIA_ITEMS))


@check(
    "C90",
    Severity.SOFT,
    fields=f"sos_vod.criteria hct.hct_date {_fields(CRITERIA_ITEMS)}",
    message="You ticked {set}, but the items do not meet it: {why}.",
)
def ticked_criteria_are_met(records: PatientRecords) -> Results:
    sos = _with_sos(records)
    if sos is None:
        return
    if sos.reason("criteria"):
        yield NOT_EVALUABLE
    assessed = {**sos_criteria.assess(records.answers), "biopsy": sos_criteria.histology(records.answers)}
    for criteria in sorted(sos.codes("criteria") - {NOT_COMPUTED}):
        found = assessed[criteria]
        if found.is_met is None:
            yield NOT_EVALUABLE
        elif not found.is_met:
            yield violated(place(sos, "criteria"), set=meaning("sos_vod", "criteria", criteria), why=found.why)


@check(
    "C91",
    Severity.SOFT,
    fields=f"{_fields(SEVERITY_ITEMS)} {SEVERITY_FIELDS}",
    message="Items give {derived}, you classified {ebmt_severity}.",
)
def severity_is_the_one_stated(records: PatientRecords) -> Results:
    """Asked where no missing item could change the derived class."""
    sos = _with_sos(records)
    if sos is None:
        return
    stated, derived = sos.integer("ebmt_severity"), sos_severity.severity(records.answers)
    if stated is None or derived.grade is None or not derived.is_certain:
        yield NOT_EVALUABLE
    elif stated != derived.grade:
        label = sos_severity.NAMES[derived.grade]
        yield violated(place(sos, "ebmt_severity"), derived=label, ebmt_severity=words(sos, "ebmt_severity"))


@check(
    "C92",
    Severity.SOFT,
    fields="sos_vod.grade sos_vod.grade_scale sos_vod.mod_organs sos_vod.treatment",
    message="Grade {grade} does not fit the organ dysfunction or the scale.",
)
def grade_fits_the_organ_dysfunction(records: PatientRecords) -> Results:
    sos = _with_sos(records)
    if sos is None:
        return
    grade, organs, treatment = sos.integer("grade"), sos.codes("mod_organs"), sos.codes("treatment")
    if grade is None:
        yield NOT_EVALUABLE
        return
    failing = bool(organs - {"none"}) if organs else None
    supported = bool(treatment & {"dial", "vent"}) if treatment else None
    contradicts = disjunction(
        (
            conjunction((grade >= LIFE_THREATENING, _not(failing), _not(supported))),
            conjunction((grade <= MODERATE, failing)),
            grade == 1 and sos.code("grade_scale") == "ctcae5",
        )
    )
    if contradicts is None:
        yield NOT_EVALUABLE
    elif contradicts:
        at_sos = (place(sos, field) for field in ("grade", "grade_scale", "mod_organs", "treatment"))
        yield violated(*at_sos, grade=grade)


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


@check(
    "C94",
    Severity.SOFT,
    fields="sos_vod.defi_start sos_vod.symptom_date sos_vod.dx_date sos_vod.resolution_date",
    message=(
        "Defibrotide start {defi_start} or resolution does not fit the onset. Prophylaxis belongs to the HCT form."
    ),
)
def defibrotide_and_resolution_fit_the_onset(records: PatientRecords) -> Results:
    sos = _with_sos(records)
    if sos is None:
        return
    start, resolved = sos.date("defi_start"), sos.date("resolution_date")
    before_symptom = days_between(start, sos.date("symptom_date"))
    after_diagnosis = days_between(sos.date("dx_date"), start)
    until_resolution = days_between(sos.date("dx_date"), resolved)
    at_start = place(sos, "defi_start")
    if before_symptom is not None and before_symptom > 0:
        yield violated(at_start, place(sos, "symptom_date"), defi_start=start)
    if after_diagnosis is not None and after_diagnosis > LATEST_DEFIBROTIDE:
        yield violated(at_start, place(sos, "dx_date"), defi_start=start)
    if until_resolution is not None and until_resolution < 0:
        yield violated(place(sos, "resolution_date"), place(sos, "dx_date"), defi_start=shown(start))
    if any(sos.reason(field) for field in ("defi_start", "symptom_date", "resolution_date")):
        yield NOT_EVALUABLE
