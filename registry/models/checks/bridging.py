"""Edit checks 1.8: treatment between INO and HCT."""

from typing import Any

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations import transplant, treatment
from registry.models.checks.operands import Results, misnumbered, place_of_dose, places


@check(
    "C66",
    Severity.HARD,
    fields=(
        "pre_hct_therapy.course_no pre_hct_therapy.start_date pre_hct_therapy.end_date ino_cycle.d1_date hct.hct_date"
    ),
    message="Treatment between INO and HCT must lie between these dates.",
)
def bridging_lies_between_ino_and_transplant(records: PatientRecords) -> Results:
    out_of_sequence = misnumbered(records, "pre_hct_therapy", "course_no")
    if out_of_sequence:
        yield violated(*out_of_sequence)
    for course in records.all("pre_hct_therapy"):
        yield from _course_in_time(records, course)


def _course_in_time(records: PatientRecords, course: Any) -> Results:
    first, transplanted = treatment.first_dose(records.answers), transplant.date_of_hct(records.answers)
    start, end = place(course, "start_date"), place(course, "end_date")
    if first is None or transplanted is None or course.start_date is None or course.end_date is None:
        yield NOT_EVALUABLE
    if first is not None and course.start_date is not None and course.start_date < first:
        yield violated(start, place_of_dose(records, first))
    if course.end_date is None:
        return
    if transplanted is not None and course.end_date >= transplanted:
        yield violated(end, place(records.one("hct"), "hct_date"))
    if course.start_date is not None and course.end_date < course.start_date:
        yield violated(start, end)


@check(
    "C68",
    Severity.HARD,
    fields="pre_hct_therapy.reason relapse.rel_date hct.hct_date",
    message="Enter the relapse that this treatment was given for.",
)
def treatment_of_a_relapse_has_its_relapse(records: PatientRecords) -> Results:
    transplanted = transplant.date_of_hct(records.answers)
    for course in records.all("pre_hct_therapy"):
        if course.reason == "relapse" and transplanted is None:
            yield NOT_EVALUABLE
        elif course.reason == "relapse" and not _relapse_before(records, transplanted):
            relapses = places(records, "relapse", "rel_date")
            yield violated(place(course, "reason"), *relapses, place(records.one("hct"), "hct_date"))


def _relapse_before(records: PatientRecords, transplanted: Any) -> bool:
    return any(one.rel_date is not None and one.rel_date < transplanted for one in records.all("relapse"))
