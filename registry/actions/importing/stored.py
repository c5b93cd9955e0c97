"""The records of many patients at once, as an import compares a file with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from registry.models import PATIENT_FORMS, Centre, Patient


@dataclass
class StoredPatient:
    """One patient with all its forms; `patient` is None where the registry does not have the number."""

    patient: Any = None
    forms: list[Any] = field(default_factory=list)

    def find(self, form: str, number: Any) -> Any:
        """The record of a form, of this number where it repeats."""
        if form == "patient":
            return self.patient
        found = (record for record in self.forms if record.form == form and number_of(record) == number)
        return next(found, None)


def number_of(record: Any) -> Any:
    return getattr(record, record.number_field) if record.repeats else None


def load(centre: Centre, numbers: Iterable[str]) -> dict[str, StoredPatient]:
    """By patient number, within the centre. One query a form, none where no patient is known."""
    found = {number: StoredPatient() for number in numbers}
    known = {}
    for patient in Patient.objects.filter(centre=centre, number__in=found):
        patient.centre = centre
        found[patient.number].patient = known[patient.pk] = patient
    for record in _forms_of(known):
        record.patient = known[record.patient_id]
        found[record.patient.number].forms.append(record)
    return found


def _forms_of(known: dict[int, Any]) -> Iterator[Any]:
    if known:
        models: tuple[Any, ...] = PATIENT_FORMS
        for model in models:
            yield from model.objects.filter(patient__in=known)
