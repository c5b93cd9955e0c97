"""Edit checks 1.11, soft: maintenance and the cause of death."""

import datetime as dt

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Place, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations import disease, outcome, relapses
from registry.derivations.patient import Record
from registry.derivations.statement import conjunction, disjunction
from registry.derivations.transplant import days_between
from registry.models.checks.operands import Results, entered, words

TYROSINE_KINASE_INHIBITORS = ("ima", "das", "nil", "bos", "pon", "asc")
MOF_AFTER_SOS = 60  # days
FIRST_COVID_DEATHS = dt.date(2020, 1, 1)


@check(
    "C96",
    Severity.SOFT,
    fields=(
        "maintenance_course.agent maintenance_course.indication maintenance_course.mrd_at_start "
        "maintenance_course.start_date hct.mrd_result relapse.rel_date "
        "cytogenetics.iscn cytogenetics.bcr_abl1 diagnosis.dx_entity"
    ),
    message="Agent or indication does not fit BCR::ABL1, MRD or relapse.",
)
def maintenance_fits_the_disease(records: PatientRecords) -> Results:
    for course in records.answers.all("maintenance_course"):
        contradicts = _course_contradicts(records, course)
        if contradicts is None:
            yield NOT_EVALUABLE
        elif contradicts:
            fields = ("agent", "indication", "start_date", "mrd_at_start")
            yield violated(*(place(course, field) for field in fields), *entered(records, "relapse", "rel_date"))


def _course_contradicts(records: PatientRecords, course: Record) -> bool | None:
    is_tki = course.code("agent") in TYROSINE_KINASE_INHIBITORS
    indication, mrd_at_start = course.code("indication"), course.code("mrd_at_start")
    relapsed, start = relapses.after_hct(records.answers), course.date("start_date")
    ph_positive = disease.ph_positive(records.answers)
    return disjunction(
        (
            conjunction((is_tki, None if ph_positive is None else not ph_positive)),
            indication == "mrd_pre" and records.answers.one("hct").code("mrd_result") == "neg",
            conjunction((indication == "prev", None if mrd_at_start is None else mrd_at_start == "pos")),
            relapsed is not None and start is not None and start > relapsed,
        )
    )


@check(
    "C99",
    Severity.SOFT,
    fields=(
        "death.cause death.contributing death.death_date gvhd.agvhd gvhd.cgvhd sos_vod.occurred sos_vod.dx_date "
        "centre.date_policy"
    ),
    message="Cause {cause}: no such event recorded, or an overlapping one. Is it SOS-related?",
)
def cause_of_death_has_its_event(records: PatientRecords) -> Results:
    death = records.answers.one("death")
    if not death:
        return
    if death.code("cause") is None:
        yield NOT_EVALUABLE
        return
    contradictions = (
        _no_gvhd(records, death),
        _mof_soon_after_sos(records, death),
        _covid_before_covid(records, death),
        _contributes_to_itself(death),
    )
    for contradicts, places in contradictions:
        if contradicts is None:
            yield NOT_EVALUABLE
        elif contradicts:
            yield violated(place(death, "cause"), *places, cause=words(death, "cause"))


def _no_gvhd(records: PatientRecords, death: Record) -> tuple[bool | None, list[Place]]:
    gvhd = records.answers.one("gvhd")
    absent = (None if gvhd.yes(field) is None else not gvhd.yes(field) for field in ("agvhd", "cgvhd"))
    return conjunction((death.code("cause") == "gvhd", *absent)), [place(gvhd, "agvhd"), place(gvhd, "cgvhd")]


def _mof_soon_after_sos(records: PatientRecords, death: Record) -> tuple[bool | None, list[Place]]:
    sos, died = records.answers.one("sos_vod"), outcome.date_of_death(records.answers)
    days = days_between(sos.date("dx_date"), died)
    soon = None if days is None else days <= MOF_AFTER_SOS
    after_sos = conjunction((sos.yes("occurred"), soon))
    return conjunction((death.code("cause") == "mof", after_sos)), [place(sos, "dx_date"), place(death, "death_date")]


def _covid_before_covid(records: PatientRecords, death: Record) -> tuple[bool | None, list[Place]]:
    """Not asked where the centre shifts its dates."""
    died = outcome.date_of_death(records.answers)
    too_early = None if died is None else died < FIRST_COVID_DEATHS
    is_real = records.centre.date_policy == "real"
    return conjunction((death.code("cause") == "covid", is_real, too_early)), [place(death, "death_date")]


def _contributes_to_itself(death: Record) -> tuple[bool | None, list[Place]]:
    contributing = death.codes("contributing")
    return death.code("cause") in contributing if contributing else None, [place(death, "contributing")]
