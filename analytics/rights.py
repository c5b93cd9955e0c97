"""Who may have which report made, and who may read it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from analytics.models import Kind, Report, ReportDefinition
from registry.access.permissions import may
from registry.access.roles import Permission
from registry.crf.language import Message


class RightsChanged(Exception):
    """The account with whose rights a report runs is no longer what it was when the definition was made."""


def readable_reports(user: Any) -> QuerySet[Report]:
    """Everything for those who read the reports of the whole registry; else those of the own centre."""
    reports = Report.objects.all()
    if may(user, Permission.VIEW_REPORTS):
        return reports
    if may(user, Permission.VIEW_CENTRE_REPORT) and user.centre_id is not None:
        return reports.filter(kind=Kind.CENTRE_REPORT, centre=user.centre_id)
    return reports.none()


def may_read(user: Any, *, kind: str, centre: int | None) -> bool:
    """May this user read a report of this kind: what `readable_reports` says of one that is there?"""
    if may(user, Permission.VIEW_REPORTS):
        return True
    return kind == Kind.CENTRE_REPORT and centre is not None and may(user, Permission.VIEW_CENTRE_REPORT, centre=centre)


def why_not_readable(user: Any) -> str:
    """For somebody who would have this user told of a report that the user may not read."""
    facts = {"user": user, "role": user.get_role_display(), "centre": user.centre_id}
    if not user.is_active:
        return _("%(user)s: the account is closed.") % facts
    if not may(user, Permission.VIEW_CENTRE_REPORT):
        return _("%(user)s (%(role)s) reads no reports.") % facts
    return _("%(user)s (%(role)s) reads the report of centre %(centre)s, and no other.") % facts


def refuse_changed_rights(definition: ReportDefinition) -> None:
    """Raise RightsChanged where the account was closed or has another role or centre than at first."""
    account = definition.run_as
    if not account.is_active:
        raise RightsChanged(
            Message(
                "The account {account}, with whose rights this report is made, is closed. "
                "Save the schedule again to have the report made with your rights.",
                account=account.username,
            )
        )
    if (account.role, account.centre_id) != (definition.run_as_role, definition.run_as_centre):
        raise RightsChanged(
            Message(
                "The account {account} has another role or centre than when this schedule was saved. "
                "Save the schedule again to have the report made with your rights.",
                account=account.username,
            )
        )
