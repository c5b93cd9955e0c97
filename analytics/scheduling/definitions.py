"""Definitions are saved, paused and deleted by who schedules reports; each time with the rights of that person."""

import copy
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.actions import request_run
from analytics.models import ReportDefinition
from analytics.rights import may_read, why_not_readable
from analytics.scheduling.due_times import check_schedule
from registry.access.permissions import require
from registry.access.roles import Permission
from registry.audit.acting import acting_as

NIGHTLY = "Nightly full analysis"


def save_definition(
    definition: ReportDefinition, *, recipients: Iterable[Any], by: Any, channel: str = "page"
) -> ReportDefinition:
    """Save it with the rights of `by`, whose account its runs are made with from now on."""
    require(by, Permission.FREEZE)
    recipients = list(recipients)
    definition.run_as, definition.run_as_role, definition.run_as_centre = by, by.role, by.centre_id
    _check(definition, recipients)
    _keep_from_the_past(definition)
    with acting_as(by, channel=channel):
        definition.save()
        definition.recipients.set(recipients)
    return definition


@transaction.atomic
def save_for_every_centre(
    definition: ReportDefinition, *, centres: Iterable[Any], recipients: Iterable[Any], by: Any
) -> list[ReportDefinition]:
    """One definition a centre, each for those recipients who may read the report of that centre."""
    recipients = list(recipients)
    made = []
    for centre in centres:
        one = copy.copy(definition)
        one.pk, one.centre, one.name = None, centre, f"{definition.name}, {centre}"
        one.public_id = ReportDefinition._meta.get_field("public_id").get_default()
        readers = [user for user in recipients if may_read(user, kind=one.kind, centre=centre.pk)]
        made.append(save_definition(one, recipients=readers, by=by))
    told = {user for one in made for user in one.recipients.all()}
    _refuse([_("%(user)s reads none of these reports.") % {"user": user} for user in recipients if user not in told])
    return made


def remove_definition(definition: ReportDefinition, *, by: Any) -> bool:
    """Delete what never ran; pause what did, because its reports name it. True where it is gone."""
    require(by, Permission.FREEZE)
    with acting_as(by):
        if not definition.runs.exists():
            definition.delete()
            return True
        definition.is_active = False
        definition.save(update_fields=["is_active"])
    return False


def schedule_nightly(*, by: Any) -> ReportDefinition:
    """Have the full analysis made every night with the rights of `by`, and a first one now."""
    require(by, Permission.FREEZE)
    if known := ReportDefinition.objects.filter(name=NIGHTLY).first():
        return known
    definition = save_definition(ReportDefinition(name=NIGHTLY), recipients=(), by=by, channel="command")
    request_run(by=by)
    return definition


def _check(definition: ReportDefinition, recipients: Iterable[Any]) -> None:
    """Refuse with everything that is wrong at once."""
    found: dict[str, Any] = {}
    for check in (
        lambda: definition.full_clean(exclude={"schedule"}),
        lambda: check_schedule(definition.schedule),
        lambda: _check_readers(definition, recipients),
    ):
        try:
            check()
        except ValidationError as error:
            found = error.update_error_dict(found)
    if found:
        raise ValidationError(found)


def _check_readers(definition: ReportDefinition, recipients: Iterable[Any]) -> None:
    asked = {"kind": definition.kind, "centre": definition.centre_id}
    _refuse([why_not_readable(user) for user in recipients if not may_read(user, **asked)])


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise ValidationError({"recipients": reasons})


def _keep_from_the_past(definition: ReportDefinition) -> None:
    """A new schedule, and one that is resumed, begins now: no due time before is made up for."""
    stored = ReportDefinition.objects.filter(pk=definition.pk).first()
    if stored is None or stored.schedule != definition.schedule or not stored.is_active:
        definition.effective_from = timezone.now()
