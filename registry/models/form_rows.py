"""Every form that a patient has or owes, as one row: what the status board shows, counts and lists."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BigIntegerField, Case, Exists, F, IntegerField, OuterRef, Q, UUIDField, Value, When
from django.db.models.functions import Cast, Coalesce

from registry.models import PATIENT_FORMS, CrfForm, FollowUp, Patient
from registry.models.form_deadlines import days_after, deadline_of
from registry.models.last_contact import DAYS_BETWEEN_CONTACTS, contact_is_old, with_last_contact
from registry.models.owed_forms import is_owed, is_screening_failure

EMPTY: Final = "empty"
DUE_STATES: Final = (EMPTY, CrfForm.State.IN_PROGRESS)
MODELS: Final[tuple[Any, ...]] = (Patient, *PATIENT_FORMS)


@dataclass(frozen=True)
class FormRow:
    """One row. Without `record` the form is owed and not started."""

    patient: int
    patient_number: str
    patient_id: Any  # as addresses know it
    centre: int
    place: int  # of the form in the order of the paper
    number: int | None  # where the form repeats
    record: int | None
    record_id: Any
    state: str
    deadline: dt.date | None  # of what is not complete, where the event is known

    @property
    def form(self) -> str:
        return str(MODELS[self.place].form)


COLUMNS: Final = (
    "pk",
    "number",
    "public_id",
    "centre_id",
    "place",
    "repeat",
    "record",
    "key",
    "form_state",
    "deadline",
)


@dataclass(frozen=True)
class Part:
    """The rows of one form: patients joined with its records."""

    form: str
    rows: Any


def parts(patients: Any, reference: dt.date, *, form: str = "") -> list[Part]:
    """The rows of these patients, form by form; of one form where it is named."""
    found = [Part(model.form, _rows(patients, model)) for model in MODELS if form in ("", model.form)]
    if form in ("", FollowUp.form):
        found.append(Part(FollowUp.form, _next_follow_up(patients, reference)))
    return found


def _rows(patients: Any, model: Any) -> Any:
    """A patient without a record of the form makes one row with the state *empty*."""
    if model is Patient:
        own = {"record": F("pk"), "key": F("public_id"), "form_state": F("state")}
        rows = patients.annotate(place=_place(model), repeat=_nothing(IntegerField()), **own)
        return _with_deadline(rows, deadline_of(model, ""))
    path = model._meta.get_field("patient").related_query_name()
    rows = patients.annotate(
        place=_place(model),
        repeat=_number(model, path),
        record=F(f"{path}__pk"),
        key=F(f"{path}__public_id"),
        form_state=Coalesce(F(f"{path}__state"), Value(EMPTY)),
    )
    rows = _with_deadline(rows, deadline_of(model, path))
    return rows.filter(Q(record__isnull=False) | is_owed(model.form))


def _with_deadline(rows: Any, deadline: Any) -> Any:
    """Only of what is due. PostgreSQL then asks for the day of no other row, which is most of the time of a count."""
    is_due = Q(form_state__in=DUE_STATES) & ~is_screening_failure()
    return rows.annotate(deadline=Case(When(is_due, then=deadline)))


def _next_follow_up(patients: Any, reference: dt.date) -> Any:
    """The visit that is owed: there is none yet, or the last contact is too long ago."""
    visits = FollowUp.objects.filter(patient=OuterRef("pk"))
    owed = contact_is_old(reference) | (Q(is_followed=True) & ~Exists(visits))
    return (
        with_last_contact(patients)
        .annotate(
            place=_place(FollowUp),
            repeat=_nothing(IntegerField()),
            record=_nothing(BigIntegerField()),
            key=_nothing(UUIDField()),
            form_state=Value(EMPTY),
            deadline=days_after(F("last_contact"), DAYS_BETWEEN_CONTACTS),
        )
        .filter(owed)
        .exclude(is_screening_failure())
    )


def _place(model: Any) -> Any:
    return Value(MODELS.index(model), IntegerField())


def _number(model: Any, path: str) -> Any:
    if not model.repeats:
        return _nothing(IntegerField())
    if model.number_field == "timepoint":
        return Case(When(**{f"{path}__timepoint": "dx"}, then=1), When(**{f"{path}__timepoint": "rr"}, then=2))
    return Cast(F(f"{path}__{model.number_field}"), IntegerField())


def _nothing(field: Any) -> Any:
    return Cast(Value(None), field)
