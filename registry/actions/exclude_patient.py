"""Leaving a patient out of every analysis, and taking the patient back: a decision of the coordinating investigator."""

from typing import Any

from django.db.models import F

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import RecordLocked, StaleVersion
from registry.actions.frozen import refuse_while_frozen
from registry.actions.one_writer import hold
from registry.actions.reasons import require_reason
from registry.audit.acting import acting_as
from registry.models import CrfForm, Patient


def exclude_patient(patient: Patient, *, reason: str, expected_version: int, by: Any) -> None:
    """The reason stands on the patient and in the history; reports count it in the flow of patients."""
    _mark(patient, reason=reason, excluded=True, expected_version=expected_version, by=by)


def include_patient(patient: Patient, *, reason: str, expected_version: int, by: Any) -> None:
    """Take the patient back into the analysis."""
    _mark(patient, reason=reason, excluded=False, expected_version=expected_version, by=by)


def _mark(patient: Patient, *, reason: str, excluded: bool, expected_version: int, by: Any) -> None:
    require(by, Permission.EXCLUDE)
    require_reason(reason)
    refuse_while_frozen()
    if patient.state == CrfForm.State.LOCKED:
        raise RecordLocked
    with acting_as(by, reason, centre=patient.centre_id):
        hold(patient)
        changed = Patient.objects.filter(pk=patient.pk, version=expected_version).update(
            excluded=excluded, excluded_reason=reason.strip() if excluded else None, version=F("version") + 1
        )
        if not changed:
            raise StaleVersion(Patient.objects.get(pk=patient.pk))
