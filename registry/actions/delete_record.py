"""Taking back a record that should not exist, such as a cycle added by accident. The trail keeps what it held."""

from typing import Any

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import ReasonNeeded, RecordLocked, StaleVersion
from registry.actions.save_record import MINIMUM_REASON
from registry.audit.acting import acting_as
from registry.models import CrfForm


def delete_record(record: Any, *, by: Any, expected_version: int, reason: str, channel: str = "page") -> None:
    """Delete one form of a patient; never the patient."""
    require(by, Permission.ENTER_DATA, centre=record.centre_id)
    stored = type(record).objects.get(pk=record.pk)
    if stored.state == CrfForm.State.LOCKED:
        raise RecordLocked
    if len(reason.strip()) < MINIMUM_REASON:
        raise ReasonNeeded
    with acting_as(by, reason, centre=record.centre_id, channel=channel):
        deleted, _ = type(record).objects.filter(pk=record.pk, version=expected_version).delete()
        if not deleted:
            raise StaleVersion(stored)
