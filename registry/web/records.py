"""Finding the record that a page is about. What the user may not see does not exist: 404."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from registry.crf.fields import crf_fields
from registry.crf.titles import next_number
from registry.models import FORMS_BY_NAME, PATIENT_FORMS, Patient

# The laboratory units that a centre's profile offers first (item CEN-10), by quantity.
_UNITS_OF_PROFILE = {
    "conv": {"wbc": "e9", "plt": "e9", "hb": "gdl", "ldh": "ul", "bili": "mgdl", "creat": "mgdl"},
    "si": {"wbc": "e9", "plt": "e9", "hb": "gl", "ldh": "ul", "bili": "umol", "creat": "umol"},
    "us": {"wbc": "kul", "plt": "kul", "hb": "gdl", "ldh": "ul", "bili": "mgdl", "creat": "mgdl"},
}


def find_patient(user: Any, public_id: Any) -> Patient:
    return get_object_or_404(Patient.objects.visible_to(user).select_related("centre"), public_id=public_id)


def form_model(name: str, *, repeats: bool) -> Any:
    model = FORMS_BY_NAME.get(name)
    if model not in (Patient, *PATIENT_FORMS) or model.repeats != repeats:
        raise Http404(_("There is no such form."))
    return model


def find_once(user: Any, patient_id: Any, form: str) -> Any:
    """The record of a form that a patient has once; a new one where it is not started."""
    patient = find_patient(user, patient_id)
    model = form_model(form, repeats=False)
    if model is Patient:
        return patient
    stored = model.objects.visible_to(user).filter(patient=patient).first()
    return _of(patient, stored) if stored else new_record(model, patient)


def find_repeat(user: Any, patient_id: Any, form: str, public_id: Any) -> Any:
    patient = find_patient(user, patient_id)
    model = form_model(form, repeats=True)
    return _of(patient, get_object_or_404(model.objects.visible_to(user), patient=patient, public_id=public_id))


def _of(patient: Patient, record: Any) -> Any:
    record.patient = patient  # already read
    return record


def new_record(model: Any, patient: Patient) -> Any:
    """An unsaved record that carries what is certain: patient, centre, and the units that the centre uses."""
    record = model(patient=patient, centre=patient.centre)
    units = _UNITS_OF_PROFILE.get(patient.centre.unit_profile, {})
    for field in crf_fields(model):
        if field.crf.quantity in units:
            setattr(record, field.crf.unit_field, units[field.crf.quantity])
    return record


def next_repeat(model: Any, patient: Patient) -> Any:
    """A new repeat under the next free number; None where every time point has its record."""
    record = new_record(model, patient)
    taken = list(model.objects.filter(patient=patient).values_list(model.number_field, flat=True))
    number = next_number(model, taken)
    if number is None:
        return None
    setattr(record, model.number_field, number)
    return record


def is_free(record: Any, number: str) -> bool:
    """Has no other record of the patient this number?"""
    taken = type(record).objects.filter(patient=record.patient).values_list(record.number_field, flat=True)
    return number not in [str(each) for each in taken]


def keep_number(record: Any, posted: Any) -> None:
    """A repeat keeps the number under which its page was opened, so that sending it twice does not make two."""
    if record.repeats and not record.is_started and record.number_field == "instance_no":
        number = posted.get("instance_no", "")
        record.instance_no = int(number) if number.isdecimal() else record.instance_no
