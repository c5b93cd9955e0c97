"""Who may have which report made, and who may read it."""

from typing import Any

from django.db.models import QuerySet

from analytics.models import Kind, Report, ReportDefinition
from registry.access.permissions import may
from registry.access.roles import Permission


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


def refuse_changed_rights(definition: ReportDefinition) -> None:
    """Raise RightsChanged where the account was closed or has another role or centre than at first."""
    account = definition.run_as
    if not account.is_active:
        raise RightsChanged(f"The account {account} is closed. Choose another account for this report.")
    if (account.role, account.centre_id) != (definition.run_as_role, definition.run_as_centre):
        raise RightsChanged(
            f"The account {account} has another role or centre than when this report was defined. "
            "Save the definition again to confirm its rights."
        )
