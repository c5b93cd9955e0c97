"""Records named from page to page: `patient/form/record`, where the record may be empty or the form not started."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404

from registry.models import FORMS_BY_NAME, PATIENT_FORMS, Patient

MOST_RECORDS = 200


def token_of(record: Any) -> str:
    """The name of a record that is stored, or that a patient could have once."""
    patient = record if record.form == "patient" else record.patient
    return token(patient, record.form, record.public_id if record.repeats and record.is_started else "")


def token(patient: Patient, form: str, record_id: Any = "") -> str:
    return f"{patient.public_id}/{form}/{record_id or ''}"


def chosen_records(user: Any, tokens: list[str], *, form: str = "patient") -> list[Any]:
    """The records of these tokens; an unsaved one where the form of a patient is not started, 404 for any unknown.

    A token of a patient alone means the form `form`.
    """
    wanted = [_parts(each, form) for each in dict.fromkeys(tokens)]
    ids = {patient for patient, _name, _record in wanted}
    found = Patient.objects.visible_to(user).filter(public_id__in=ids).select_related("centre")
    patients = {patient.public_id: patient for patient in found}
    if len(wanted) > MOST_RECORDS or len(patients) < len(ids):
        raise Http404
    stored = _stored(patients.values(), {name for _patient, name, _record in wanted})
    return [_record(patients[patient], name, record, stored) for patient, name, record in wanted]


def _parts(text: str, form: str) -> tuple[UUID, str, UUID | None]:
    patient, name, record = [*text.split("/"), "", ""][:3]
    try:
        parts = UUID(patient), name or form, UUID(record) if record else None
    except ValueError as error:
        raise Http404 from error
    if FORMS_BY_NAME.get(parts[1]) not in (Patient, *PATIENT_FORMS):
        raise Http404
    return parts


def _stored(patients: Iterable[Patient], names: set[str]) -> dict[tuple[int, str, Any], Any]:
    """The records of these patients, by patient, form and, where the form repeats, their own id."""
    by_key: dict[int, Patient] = {patient.pk: patient for patient in patients}
    found: dict[tuple[int, str, Any], Any] = {}
    for name in names - {"patient"}:
        model: Any = FORMS_BY_NAME[name]
        for record in model.objects.filter(patient__in=by_key):
            record.patient = by_key[record.patient_id]
            found[record.patient_id, name, record.public_id if model.repeats else None] = record
    return found


def _record(patient: Patient, name: str, record_id: UUID | None, stored: dict[tuple[int, str, Any], Any]) -> Any:
    if name == "patient":
        return patient
    record = stored.get((patient.pk, name, record_id))
    if record is None and record_id is not None:
        raise Http404
    return record or FORMS_BY_NAME[name](patient=patient, centre=patient.centre)
