"""What there is to do for a patient, in clinical order: forms that are expected or begun and not complete."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from registry.checks.records import PatientRecords
from registry.crf.titles import next_number, number_codes, title_of
from registry.models import PATIENT_FORMS, CrfForm
from registry.web.addresses import page_address

# Never waited for: a patient may have none.
_ONLY_WHERE_THERE_IS_ONE: Final = ("pre_hct_therapy", "relapse")
_BEFORE_ELIGIBILITY_MATTERS: Final = ("eligibility",)


@dataclass(frozen=True)
class Step:
    """A form to fill in. `order` is its place in the paper form."""

    title: str
    url: str
    order: tuple[int, int]
    is_started: bool


def next_step(records: PatientRecords, *, after: Any = None) -> Step | None:
    """The first thing to do; with `after`, the first behind this record, or else the first of all."""
    found = list(steps(records))
    if after is None:
        return next(iter(found), None)
    here = _order(after)
    return next((step for step in found if step.order > here), next(iter(found), None))


def steps(records: PatientRecords) -> Iterator[Step]:
    for record in (records.patient, *(each for model in PATIENT_FORMS for each in _to_do(model, records))):
        if record.state == CrfForm.State.IN_PROGRESS:
            yield Step(title_of(record), page_address(record), _order(record), record.is_started)


def _to_do(model: Any, records: PatientRecords) -> list[Any]:
    """The records of one form; one that is expected and not begun stands at the end, unsaved."""
    found = records.all(model.form)
    if not _is_expected(model, records):
        return found
    new = model(patient=records.patient)
    if model.repeats:
        taken = [getattr(record, model.number_field) for record in found]
        setattr(new, model.number_field, next_number(model, taken))
    return [*found, new]


def _is_expected(model: Any, records: PatientRecords) -> bool:
    """Is a further record of the form waited for, by what the others say?"""
    if model.form not in _BEFORE_ELIGIBILITY_MATTERS and _is_screening_failure(records):
        return False
    if model.repeats and number_codes(model):
        return len(records.all(model.form)) < len(number_codes(model))
    if records.is_started(model.form) or model.form in _ONLY_WHERE_THERE_IS_ONE:
        return False
    match model.form:
        case "death":
            return any(visit.alive is False for visit in records.all("follow_up"))
        case "follow_up":
            return not records.is_started("death")
        case "conditioning_drug":
            return records.is_started("hct")
        case "maintenance_course":
            return bool(records.is_started("maintenance") and records.one("maintenance").given)
    return True


def _is_screening_failure(records: PatientRecords) -> bool:
    eligibility = records.one("eligibility")
    return bool(eligibility) and False in (eligibility.ball_confirmed, eligibility.hct_after_ino)


def _order(record: Any) -> tuple[int, int]:
    """The patient first, then as on paper."""
    place = next((place for place, model in enumerate(PATIENT_FORMS, 1) if isinstance(record, model)), 0)
    return place, getattr(record, "instance_no", None) or 0
