"""A new patient gets the next number of the centre."""

from typing import Any

from django.db import connection

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.save_record import Saved, save_record
from registry.audit.acting import acting_as
from registry.models import Patient

_LOCK = 7_210_420  # numbers of one centre are given out one after the other


def create_patient(patient: Patient, *, by: Any, complete: bool = False, channel: str = "") -> Saved:
    """Number and save a patient whose `centre` and items are set. Raises as `save_record` does."""
    centre: int = patient.centre_id
    require(by, Permission.ENTER_DATA, centre=centre)
    with acting_as(by, centre=centre, channel=channel):
        patient.number = _next_number(centre)
        return save_record(patient, by=by, complete=complete, channel=channel)


def hold_numbers(centre: int) -> None:
    """Until the end of the transaction nobody else gives out numbers of this centre."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, centre])


def _next_number(centre: int) -> str:
    hold_numbers(centre)
    last = Patient.objects.filter(centre_id=centre).order_by("-number").values_list("number", flat=True).first()
    return f"{centre:02d}-{int(last[3:]) + 1 if last else 1:03d}"
