"""Edit checks 1.10: SOS/VOD. C93 stands in its form."""

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.crf.fields import crf_fields
from registry.derivations import transplant
from registry.models.checks.operands import Results
from registry.models.sos_vod import SosVod

NEEDED = ("dx_date", "grade", "outcome")
OTHER_ITEMS = [field.name for field in crf_fields(SosVod) if field.name != "occurred"]


@check(
    "C85",
    Severity.HARD,
    fields="sos_vod.occurred " + " ".join(f"sos_vod.{field}" for field in OTHER_ITEMS),
    message='With SOS/VOD "yes": date, grade and outcome are needed. With "no": all other items must be empty.',
)
def items_are_given_exactly_with_sos_vod(records: PatientRecords) -> Results:
    sos_vod = records.one("sos_vod")
    if sos_vod is None or sos_vod.occurred is None:
        yield NOT_EVALUABLE
        return
    if sos_vod.occurred:
        faults = [field for field in NEEDED if getattr(sos_vod, field) is None]
    else:
        faults = [field for field in OTHER_ITEMS if getattr(sos_vod, field) is not None]
    if faults:
        yield violated(place(sos_vod, "occurred"), *(place(sos_vod, field) for field in faults))
    elif not sos_vod.occurred and sos_vod.missing:
        yield NOT_EVALUABLE


@check(
    "C86",
    Severity.HARD,
    fields="sos_vod.dx_date sos_vod.symptom_date hct.hct_date",
    message="The form is for SOS/VOD after the index HCT; first symptom cannot be after diagnosis.",
)
def sos_vod_follows_the_transplant(records: PatientRecords) -> Results:
    sos_vod, transplanted = records.one("sos_vod"), transplant.date_of_hct(records.answers)
    if sos_vod is None:
        yield NOT_EVALUABLE
        return
    if "symptom_date" in sos_vod.missing or (sos_vod.dx_date is not None and transplanted is None):
        yield NOT_EVALUABLE
    if sos_vod.dx_date is None:
        return
    if transplanted is not None and sos_vod.dx_date < transplanted:
        yield violated(place(sos_vod, "dx_date"), place(records.one("hct"), "hct_date"))
    if sos_vod.symptom_date is not None and sos_vod.symptom_date > sos_vod.dx_date:
        yield violated(place(sos_vod, "symptom_date"), place(sos_vod, "dx_date"))


@check(
    "C88",
    Severity.HARD,
    fields="sos_vod.grade sos_vod.outcome death.cause",
    message=(
        'Grade 5, outcome "died of SOS/VOD" and primary cause of death "SOS/VOD" must all be true or all be false.'
    ),
)
def fatal_sos_vod_is_one_fact(records: PatientRecords) -> Results:
    sos_vod, death = records.one("sos_vod"), records.one("death")
    if sos_vod is None or sos_vod.occurred is None:
        yield NOT_EVALUABLE
        return
    grade_5, fatal = sos_vod.grade == "5", sos_vod.outcome == "fatal"
    at_sos_vod = place(sos_vod, "grade"), place(sos_vod, "outcome")
    if grade_5 != fatal:
        yield violated(*at_sos_vod)
    elif death is not None and death.cause is None:
        yield NOT_EVALUABLE
    elif fatal != (death is not None and death.cause == "sos"):
        yield violated(*at_sos_vod, place(death or "death", "cause"))
