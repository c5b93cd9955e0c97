"""One writer a patient at a time: the rules and the lock look at all records of a patient together.

A save takes milliseconds, and the next one waits for it. An import, or its undoing, keeps its patients for minutes:
beside it everybody else is refused at once.
"""

from typing import Any

from django.db import connection

from registry.actions import database_locks
from registry.actions.database_locks import IMPORTS
from registry.actions.errors import HeldByImport
from registry.actions.importing.batches import to_write
from registry.models import CrfForm, ImportBatch, Patient

Work = ImportBatch.Work


def hold(patient: Patient) -> bool:
    """Keep others from writing to this patient to the end of the transaction. Raises HeldByImport.

    Returns whether the patient is locked now.
    """
    states = _states(patient, skip_locked=True)
    if not states and patient.is_started:  # somebody writes to this patient
        refuse_beside_import(patient.centre_id, patient)
        states = _states(patient)
    return CrfForm.State.LOCKED in states


def wait_for(patient: Patient) -> None:
    """The same for work that nobody sits in front of: it waits, for an import as well."""
    _states(patient)


def stay(patient: Patient) -> None:
    """Keep the patient from being deleted to the end of the transaction. Raises HeldByImport where an undo does it."""
    with connection.cursor() as cursor:
        cursor.execute("select from registry_patient where id = %s for key share skip locked", [patient.pk])
        if not cursor.rowcount:
            refuse_beside_import(patient.centre_id, patient)


def begin_import(centre: int) -> None:
    """Let everybody else know, to the end of the transaction; another import of the centre waits for this one."""
    database_locks.wait_for(IMPORTS, centre)


def refuse_beside_import(centre: int, patient: Patient | None = None) -> None:
    """For who would have to wait. Where no import is carried out, none begins before the transaction ends.

    One that writes nothing about the patient is not what is waited for.
    """
    if database_locks.share_if_free(IMPORTS, centre):
        return
    batches = ImportBatch.objects.filter(centre=centre, state=ImportBatch.State.RUNNING).select_related("asked_by")
    running = list(batches.filter(work__in=(Work.IMPORT, Work.UNDO)).order_by("created_at"))
    if not running:
        raise HeldByImport(None)
    for batch in running:
        if patient is None or _is_about(batch, patient):
            raise HeldByImport(batch)


def _is_about(batch: ImportBatch, patient: Patient) -> bool:
    written: Any = batch.records if batch.work == Work.UNDO else to_write(batch)
    return bool(written.filter(patient_number=patient.number).exists())


def _states(patient: Patient, *, skip_locked: bool = False) -> list[str]:
    rows = Patient.objects.select_for_update(no_key=True, skip_locked=skip_locked).filter(pk=patient.pk)
    return list(rows.order_by().values_list("state", flat=True))
