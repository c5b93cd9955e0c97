"""Edit checks 1.11: after transplant."""

from typing import Any

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations import outcome, relapses, transplant
from registry.models.checks.operands import Results, places

EVENTS_AFTER_TRANSPLANT = (("gvhd", "agvhd_date"), ("gvhd", "cgvhd_date"), ("maintenance_course", "start_date"))


@check(
    "C95",
    Severity.HARD,
    fields=(
        "gvhd.agvhd_date gvhd.cgvhd_date maintenance_course.start_date hct.hct_date "
        "maintenance.given maintenance_course.agent"
    ),
    message='These events must follow the index HCT, and "given" needs at least one course.',
)
def gvhd_and_maintenance_follow_the_transplant(records: PatientRecords) -> Results:
    transplanted = transplant.date_of_hct(records.answers)
    for form, field in EVENTS_AFTER_TRANSPLANT:
        for record in (one for one in records.forms if one.form == form):
            date = getattr(record, field)
            if field in record.missing or (date is not None and transplanted is None):
                yield NOT_EVALUABLE
            elif date is not None and date < transplanted:
                yield violated(place(record, field), place(records.one("hct"), "hct_date"))
    yield from _maintenance_has_courses(records)


def _maintenance_has_courses(records: PatientRecords) -> Results:
    maintenance = records.one("maintenance")
    has_course = any(course.agent is not None for course in records.all("maintenance_course"))
    if maintenance is None or maintenance.given is None:
        yield NOT_EVALUABLE
    elif maintenance.given != has_course:
        yield violated(place(maintenance, "given"), *places(records, "maintenance_course", "agent"))


@check(
    "C97",
    Severity.HARD,
    fields=("relapse.rel_date relapse.rel_type hct.hct_date follow_up.disease follow_up.visit_date death.death_date"),
    message="Relapse record and follow-up contradict each other.",
)
def relapse_and_follow_up_agree(records: PatientRecords) -> Results:
    if relapses.counted(records.answers) and transplant.date_of_hct(records.answers) is None:
        yield NOT_EVALUABLE
    yield from _relapse_without_follow_up(records)
    for visit in records.all("follow_up"):
        if visit.disease == "rel" and visit.visit_date is None:
            yield NOT_EVALUABLE
        elif visit.disease == "rel" and not _relapse_until(records, visit.visit_date):
            at_visit = place(visit, "disease"), place(visit, "visit_date")
            yield violated(*at_visit, *places(records, "relapse", "rel_date"))


def _relapse_until(records: PatientRecords, day: Any) -> bool:
    return any(one.rel_date is not None and one.rel_date <= day for one in records.all("relapse"))


def _relapse_without_follow_up(records: PatientRecords) -> Results:
    transplanted, visits = transplant.date_of_hct(records.answers), records.all("follow_up")
    if transplanted is None or outcome.is_dead(records.answers) or any(visit.disease == "rel" for visit in visits):
        return
    for relapse in relapses.counted_records(records.answers):
        day = relapse.date("rel_date")
        if day is None or day <= transplanted:
            continue
        seen_later = any(visit.alive and visit.visit_date and visit.visit_date >= day for visit in visits)
        # Seen alive after the relapse: nobody waits for a death form. Otherwise that form may still tell.
        awaited = [] if seen_later else [place(records.one("death") or "death", "death_date")]
        yield violated(place(relapse, "rel_date"), *places(records, "follow_up", "disease"), *awaited)


@check(
    "C98",
    Severity.HARD,
    fields=(
        "death.cause death.in_remission relapse.rel_date relapse.rel_type hct.status "
        "follow_up.disease follow_up.visit_date"
    ),
    message="Cause of death, remission status and relapse record contradict each other.",
)
def death_remission_and_relapse_agree(records: PatientRecords) -> Results:
    death = records.one("death")
    if death is None or death.cause is None or death.in_remission is None:
        yield NOT_EVALUABLE
    if death is None:
        return
    if death.cause == "relapse":
        yield from _death_of_relapse(records, death)
    if death.in_remission == "1":
        visit = _last_visit_with_status(records)
        if visit is not None and visit.disease == "rel":
            yield violated(place(death, "in_remission"), place(visit, "disease"))


def _death_of_relapse(records: PatientRecords, death: Any) -> Results:
    hct = records.one("hct")
    if death.in_remission == "1":
        yield violated(place(death, "cause"), place(death, "in_remission"))
    if relapses.counted(records.answers):
        return
    if hct is None or hct.status is None:
        yield NOT_EVALUABLE
    elif hct.status in ("cr", "cri"):
        yield violated(place(death, "cause"), *places(records, "relapse", "rel_date"), place(hct, "status"))


def _last_visit_with_status(records: PatientRecords) -> Any:
    known = [one for one in records.all("follow_up") if one.visit_date is not None and one.disease in ("cr", "rel")]
    return max(known, key=lambda visit: visit.visit_date, default=None)
