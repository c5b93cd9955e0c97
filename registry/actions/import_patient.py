"""A whole patient at once: every record is checked beside the others, then all are saved or none."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.rule_queries import update_rule_queries
from registry.actions.save_record import clean
from registry.audit.acting import acting_as
from registry.checks import completeness, engine
from registry.checks.finding import Finding
from registry.checks.records import PatientRecords
from registry.models import CrfForm, Patient, RegistrySettings


class ImportRefused(Exception):
    """The patient has hard findings; nothing was saved."""

    def __init__(self, patient: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        lines = "\n".join(f"{patient} {_where(finding)} [{finding.check_id}] {finding.message}" for finding in findings)
        super().__init__(lines)


def import_patient(patient: Patient, records: Sequence[Any], *, by: Any, reason: str, batch: str) -> None:
    """Save a new patient and its forms as complete. `records` carry no patient yet.

    Raises ImportRefused with every hard finding, ValidationError for values that no record may hold, PermissionDenied.
    """
    require(by, Permission.ENTER_DATA, centre=patient.centre_id)
    with acting_as(by, reason, centre=patient.centre_id, channel="import", batch=batch):
        findings = hard_findings(patient, records, today=timezone.localdate())
        if findings:
            raise ImportRefused(str(patient.number), findings)
        _save(patient)
        for record in records:
            record.patient, record.centre_id = patient, patient.centre_id
            _save(record)
        update_rule_queries(patient)


def hard_findings(patient: Patient, records: Sequence[Any], *, today: dt.date) -> list[Finding]:
    """Everything that would keep one of the records from being complete."""
    together = PatientRecords(
        patient=patient,
        centre=patient.centre,
        forms=tuple(records),
        today=today,
        data_cut_off=RegistrySettings.load().data_cut_off,
    )
    alone = [fault for record in (patient, *records) for fault in completeness.faults(record)]
    return [*alone, *(finding for finding in engine.run(together).findings if finding.severity == "hard")]


def _save(record: Any) -> None:
    try:
        clean(record)
    except ValidationError as error:
        raise ValidationError(
            [f"{record.form}.{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
        ) from error
    record.state = CrfForm.State.COMPLETE
    record.save(force_insert=True)


def _where(finding: Finding) -> str:
    return ", ".join(
        place.form + (f" {place.instance_no}" if place.instance_no else "") + (f".{place.field}" if place.field else "")
        for place in finding.places
    )
