"""The state of each form of each patient, as lists and grids show it: a shape, a colour and a word."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse

from registry.models import PATIENT_FORMS, CrfForm, Patient

EMPTY = "empty"
State = CrfForm.State
STATES = (EMPTY, *State.values)


@dataclass(frozen=True)
class FormState:
    """One started form of a patient; `number` is empty where a patient has the form once."""

    patient_id: int
    form: str
    state: str
    public_id: Any
    number: str

    @property
    def css(self) -> str:
        return css_class(self.state)


@dataclass(frozen=True)
class Cell:
    """One form of one patient in the list: the least finished of its records, and how many there are."""

    title: str
    state: str
    count: int
    url: str

    @property
    def css(self) -> str:
        return css_class(self.state)


def css_class(state: str) -> str:
    return f"state-{state.replace(' ', '-')}"


def form_states(patients: Iterable[Patient]) -> dict[int, dict[str, list[FormState]]]:
    """By patient and form, the records in the order of their numbers. One query, whatever the number of patients."""
    ids = [patient.pk for patient in patients]
    parts = [_records(model, ids) for model in PATIENT_FORMS]
    rows = reduce(lambda one, other: one.union(other, all=True), parts)
    found: dict[int, dict[str, list[FormState]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted((FormState(*row) for row in rows), key=lambda each: (len(each.number), each.number)):
        found[row.patient_id][row.form].append(row)
    return found


def _records(model: Any, ids: list[int]) -> Any:
    number = Cast(F(model.number_field), CharField()) if model.repeats else Value("", CharField())
    return (
        model.objects.filter(patient__in=ids)
        .order_by()
        .annotate(form_name=Value(model.form, CharField()), number_text=number)
        .values_list("patient_id", "form_name", "state", "public_id", "number_text")
    )


def cells(patient: Patient, states: dict[str, list[FormState]]) -> list[Cell]:
    return [_cell(patient, model, states.get(model.form, [])) for model in PATIENT_FORMS]


def _cell(patient: Patient, model: Any, records: list[FormState]) -> Cell:
    state = min((record.state for record in records), key=STATES.index, default=EMPTY)
    url = reverse("patient", args=[patient.public_id]) + f"#{model.form}"
    if not model.repeats:
        url = reverse("record", args=[patient.public_id, model.form])
    return Cell(str(model._meta.verbose_name), state, len(records), url)
