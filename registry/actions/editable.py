"""Which items of a record a user may change."""

from typing import Any

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.models import CrfForm


def is_editable(field: Any, record: Any, user: Any) -> bool:
    """May this user change this item of this record?"""
    if record.state == CrfForm.State.LOCKED or field.name in given_by_the_registry(record):
        return False
    if record.form == "centre":
        return may(user, Permission.MANAGE_USERS)
    right = Permission.REVIEW_CYTOGENETICS if field.crf.review_only else Permission.ENTER_DATA
    return may(user, right, centre=record.centre_id)


def given_by_the_registry(record: Any) -> tuple[str, ...]:
    """Items that nobody types: numbers and keys, once they are given."""
    if record.form == "patient":
        return ("number", "centre")
    return ("centre_no",) if record.form == "centre" and record.is_started else ()
