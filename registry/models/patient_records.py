"""From the tables to the records of one patient side by side."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Min
from django.utils import timezone

from registry.checks.records import OtherPatient, OtherPatients, PatientRecords
from registry.models import PATIENT_FORMS, Patient
from registry.models.registry_settings import RegistrySettings


def load_patient_records(patient: Patient, *, today: dt.date | None = None) -> PatientRecords:
    """All saved values of a patient, drafts included. One query a form."""
    is_new = patient.pk is None
    forms = (
        () if is_new else tuple(record for model in PATIENT_FORMS for record in model.objects.filter(patient=patient))
    )
    cut_off = RegistrySettings.load().data_cut_off
    return records_of(patient, forms, today=today or timezone.localdate(), data_cut_off=cut_off)


def records_of(
    patient: Patient, forms: tuple[Any, ...], *, today: dt.date, data_cut_off: dt.date | None
) -> PatientRecords:
    """Records that are at hand, also unsaved ones, as the checks see them."""
    return PatientRecords(
        patient=patient,
        centre=patient.centre,
        forms=forms,
        today=today,
        data_cut_off=data_cut_off,
        other_patients=_others_than(patient),
    )


def _others_than(patient: Patient) -> OtherPatients:
    """Within row-level security: a centre compares with its own patients, the nightly checks with all."""

    def find(sex: str, birth_year: int) -> Iterator[OtherPatient]:
        alike = Patient.objects.filter(sex=sex, birth_year=birth_year).exclude(pk=patient.pk)
        found = alike.annotate(first_dose=Min("inocycle_set__d1_date")).order_by("number")
        columns = found.values_list("number", "centre_id", "transplant__hct_date", "first_dose")
        return (OtherPatient(*values) for values in columns)

    return find
