"""Taking back a record that should not exist, such as a cycle added by accident. The trail keeps what it held."""

from typing import Any

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import RecordLocked, StaleVersion
from registry.actions.frozen import refuse_while_frozen
from registry.actions.one_writer import hold
from registry.actions.reasons import require_reason
from registry.actions.record_facts import facts
from registry.actions.rule_queries import update_rule_queries
from registry.audit.acting import acting_as
from registry.models import CrfForm, Signature, Verification


def delete_record(record: Any, *, by: Any, expected_version: int, reason: str, channel: str = "") -> None:
    """Delete one form of a patient; never the patient."""
    require(by, Permission.ENTER_DATA, centre=record.centre_id)
    stored = type(record).objects.select_related("patient").get(pk=record.pk)
    if CrfForm.State.LOCKED in (stored.state, stored.patient.state):
        raise RecordLocked
    refuse_while_frozen()
    require_reason(reason)
    with acting_as(by, reason, centre=record.centre_id, channel=channel):
        hold(record.patient)
        for fact in (Verification, Signature):
            facts(fact, record).delete()
        deleted, _ = type(record).objects.filter(pk=record.pk, version=expected_version).delete()
        if not deleted:
            raise StaleVersion(stored)
        update_rule_queries(record.patient)
