"""Edit checks 1.8: treatment between INO and HCT."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations import response, transplant, treatment
from registry.derivations.patient import Record
from registry.derivations.response import REMISSIONS
from registry.derivations.statement import disjunction
from registry.models.checks.operands import Results, meaning, misnumbered, place_of_dose, places, shown


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


@check(
    "C67",
    Severity.SOFT,
    fields="pre_hct_therapy.start_date ino_cycle.d1_date ino_cycle.d8_date ino_cycle.d15_date",
    message="{start_date} is before the last INO dose. Given together with INO?",
)
def bridging_starts_after_ino(records: PatientRecords) -> Results:
    last = treatment.last_dose(records.answers)
    for course in records.answers.all("pre_hct_therapy"):
        start = course.date("start_date")
        if start is None or last is None:
            yield NOT_EVALUABLE
        elif start <= last:
            yield violated(place(course, "start_date"), place_of_dose(records, last), start_date=start)


@check(
    "C69",
    Severity.SOFT,
    fields="pre_hct_therapy.reason pre_hct_therapy.resp ino_cycle.resp ino_cycle.mrd_result",
    message="The reason does not fit the response to INO ({best}).",
)
def reason_fits_the_response_to_ino(records: PatientRecords) -> Results:
    best = response.best_response(records.answers)
    courses = records.answers.all("pre_hct_therapy")
    for position, course in enumerate(courses):
        fits = _reason_fits(records, course, courses[:position])
        if fits is None:
            yield NOT_EVALUABLE
        elif not fits:
            label = None if best is None else meaning("ino_cycle", "resp", best)
            at_cycles = places(records, "ino_cycle", "mrd_result" if _was_mrd_negative(records, course) else "resp")
            yield violated(place(course, "reason"), *at_cycles, best=shown(label))


def _reason_fits(records: PatientRecords, course: Record, earlier: Sequence[Record]) -> bool | None:
    responded, reason = response.is_responder(records.answers), course.code("reason")
    if reason == "no_resp":
        return None if responded is None else not responded
    if reason == "mrd" and _was_mrd_negative(records, course):
        return False
    if reason in ("mrd", "maint"):
        bridged = (None if one.reason("resp") else one.code("resp") in REMISSIONS for one in earlier)
        return disjunction((responded, *bridged))
    return None if reason is None else True


def _was_mrd_negative(records: PatientRecords, course: Record) -> bool:
    """The last MRD of the INO cycles before this course."""
    start = course.date("start_date") or dt.date.max
    dated = [(cycle.date("mrd_date"), cycle.code("mrd_result")) for cycle in records.answers.all("ino_cycle")]
    results = [(day, result) for day, result in dated if day is not None and day <= start]
    return bool(results) and max(results, key=lambda found: found[0])[1] == "neg"


@check(
    "C70",
    Severity.SOFT,
    fields="pre_hct_therapy.n_cycles",
    message="{n_cycles} cycles? Use steps of 0.5.",
)
def cycles_are_counted_in_halves(records: PatientRecords) -> Results:
    for course in records.answers.all("pre_hct_therapy"):
        cycles = course.decimal("n_cycles")
        if cycles is None:
            yield NOT_EVALUABLE
        elif cycles * 2 % 1:
            yield violated(place(course, "n_cycles"), n_cycles=cycles)
