"""Edit checks 1.2: dates in general. C14 is refused by the type of the field, drafts included."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Place, Severity, Violation, place, violated
from registry.checks.records import PatientRecords
from registry.crf.language import Message, Words
from registry.crf.partial_dates import AnyDate, certainly_after
from registry.derivations import outcome, treatment
from registry.models import FORMS_BY_NAME, PATIENT_FORMS
from registry.models.checks.operands import Results, date_fields, label, place_of_dose

EVERY_DATE = " ".join(f"{model.form}.{field}" for model in PATIENT_FORMS for field in date_fields(model))
DATES_BEFORE_DEATH = {
    form: date_fields(FORMS_BY_NAME[form]) for form in ("hct", "sos_vod", "gvhd", "maintenance_course", "relapse")
} | {"follow_up": ["visit_date"]}


@check("C13", Severity.HARD, fields=EVERY_DATE, message="{field} is in the future.")
def no_date_is_in_the_future(records: PatientRecords) -> Results:
    for record in records.everything():
        for field in date_fields(type(record)):
            date = getattr(record, field)
            if field in record.missing:
                yield NOT_EVALUABLE
            elif date is not None and certainly_after(date, records.today):
                yield violated(place(record, field), field=label(record, field))


@check(
    "C15",
    Severity.HARD,
    fields="diagnosis.dx_date baseline.rr_date ino_cycle.d1_date ino_cycle.d8_date ino_cycle.d15_date hct.hct_date",
    message=(
        "Dates must run: diagnosis, relapsed/refractory disease, first INO dose, last INO dose before HCT. "
        "Found {a} after {b}."
    ),
)
def the_course_of_disease_is_in_order(records: PatientRecords) -> Results:
    first, last = treatment.first_dose(records.answers), treatment.last_dose(records.answers)
    diagnosis = _step(records, "diagnosis", "dx_date", _("diagnosis"))
    relapse = _step(records, "baseline", "rr_date", _("relapsed/refractory disease"))
    ino_start = (place_of_dose(records, first), first, Message("first INO dose {date}", date=first)) if first else None
    ino_end = (place_of_dose(records, last), last, Message("last INO dose {date}", date=last)) if last else None
    transplant = _step(records, "hct", "hct_date", _("HCT"))
    for earlier, later in ((diagnosis, relapse), (relapse, ino_start), (ino_end, transplant)):
        if earlier is None or later is None:
            yield NOT_EVALUABLE
            continue
        is_same_day_as_hct = later is transplant and earlier[1] == later[1]
        if certainly_after(earlier[1], later[1]) or is_same_day_as_hct:
            yield violated(earlier[0], later[0], a=earlier[2], b=later[2])


def _step(records: PatientRecords, form: str, field: str, name: Words) -> tuple[Place, AnyDate, Words] | None:
    record = records.one(form)
    date = None if record is None else getattr(record, field)
    return None if date is None else (place(record, field), date, Message("{step} {date}", step=name, date=date))


@check(
    "C18",
    Severity.HARD,
    fields=" ".join(f"{form}.{field}" for form, names in DATES_BEFORE_DEATH.items() for field in names)
    + " death.death_date",
    message="{field} is later than the date of death {death_date}.",
)
def nothing_is_later_than_death(records: PatientRecords) -> Results:
    died = outcome.date_of_death(records.answers)
    if died is None:
        yield NOT_EVALUABLE
        return
    for record in records.forms:
        for field in DATES_BEFORE_DEATH.get(record.form, ()):
            if field in record.missing:
                yield NOT_EVALUABLE
            elif (date := getattr(record, field)) is not None and date > died:
                yield _after_death(record, field, records.one("death"))


def _after_death(record: Any, field: str, death: Any) -> Violation:
    places = place(record, field), place(death, "death_date")
    return violated(*places, field=label(record, field), death_date=death.death_date)


@check(
    "C19",
    Severity.HARD,
    fields="follow_up.alive follow_up.visit_date death.death_date",
    message="Follow-up and death form contradict each other.",
)
def follow_up_and_death_agree(records: PatientRecords) -> Results:
    died, visits = outcome.date_of_death(records.answers), records.all("follow_up")
    death = place(records.one("death") or "death", "death_date")
    if not visits:
        yield NOT_EVALUABLE
    for visit in visits:
        if visit.alive is None:
            yield NOT_EVALUABLE
        elif not visit.alive and died is None:
            yield violated(place(visit, "alive"), death)
        elif visit.alive and died is not None and visit.visit_date is not None and visit.visit_date > died:
            yield violated(place(visit, "alive"), place(visit, "visit_date"), death)
