"""From the tables to the records of one patient side by side."""

import datetime as dt

from django.utils import timezone

from registry.checks.records import PatientRecords
from registry.models import PATIENT_FORMS, Patient
from registry.models.registry_settings import RegistrySettings


def load_patient_records(patient: Patient, *, today: dt.date | None = None) -> PatientRecords:
    """All saved values of a patient, drafts included. One query a form."""
    is_new = patient.pk is None
    forms = (
        () if is_new else tuple(record for model in PATIENT_FORMS for record in model.objects.filter(patient=patient))
    )
    return PatientRecords(
        patient=patient,
        centre=patient.centre,
        forms=forms,
        today=today or timezone.localdate(),
        data_cut_off=RegistrySettings.load().data_cut_off,
    )
