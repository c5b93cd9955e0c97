"""A new patient gets the next number of the centre."""

from typing import Any

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions import database_locks
from registry.actions.database_locks import NUMBERS
from registry.actions.one_writer import refuse_beside_import
from registry.actions.save_record import Saved, save_record
from registry.audit.acting import acting_as
from registry.models import Patient


def create_patient(patient: Patient, *, by: Any, complete: bool = False, channel: str = "") -> Saved:
    """Number and save a patient whose `centre` and items are set. Raises as `save_record` does."""
    centre: int = patient.centre_id
    require(by, Permission.ENTER_DATA, centre=centre)
    with acting_as(by, centre=centre, channel=channel):
        patient.number = _next_number(centre)
        return save_record(patient, by=by, complete=complete, channel=channel)


def _next_number(centre: int) -> str:
    """Nobody else gives out numbers of this centre before the end of the transaction."""
    if not database_locks.take_if_free(NUMBERS, centre):
        refuse_beside_import(centre)
        database_locks.wait_for(NUMBERS, centre)
    last = Patient.objects.filter(centre_id=centre).order_by("-number").values_list("number", flat=True).first()
    return f"{centre:02d}-{int(last[3:]) + 1 if last else 1:03d}"
