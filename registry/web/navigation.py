"""What stands at the top of every page: the parts of the registry that this role can open."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.models import RegistrySettings
from registry.web.queries.fields import open_queries

_PARTS: tuple[tuple[Promise, str, tuple[Permission, ...]], ...] = (
    (_("Patients"), "patients", (Permission.VIEW_PATIENTS,)),
    (_("Status board"), "board", (Permission.VIEW_PATIENTS,)),
    (_("Queries"), "queries", (Permission.VIEW_PATIENTS,)),
    (_("Import"), "imports", (Permission.ENTER_DATA,)),
    (_("History"), "history", (Permission.REVIEW_HISTORY,)),
    (_("Outcomes"), "outcomes", (Permission.VIEW_REPORTS,)),
    (_("Reports"), "reports", (Permission.VIEW_REPORTS, Permission.VIEW_CENTRE_REPORT)),
    (_("Exports"), "exports", (Permission.EXPORT_PATIENTS, Permission.EXPORT_DEIDENTIFIED)),
    (_("Users"), "users", (Permission.MANAGE_USERS, Permission.APPROVE_USERS)),
    (_("Centres"), "centres", (Permission.MANAGE_USERS, Permission.APPROVE_USERS)),
    (_("Runs"), "reports", (Permission.VIEW_RUNS,)),
    (_("Codebook"), "codebook", tuple(Permission)),
    (_("Checks"), "checks", tuple(Permission)),
)


@dataclass(frozen=True)
class Entry:
    title: Promise
    url: str
    open_queries: int = 0


def entries(user: Any) -> list[Entry]:
    """In the order of the role's work; no address twice."""
    found: dict[str, Entry] = {}
    for title, name, permissions in _PARTS:
        if any(may(user, permission) for permission in permissions):
            number = open_queries(user) if name == "queries" else 0
            found.setdefault(name, Entry(title, reverse(name), number))
    return list(found.values())


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: navigation, the demonstration banner, the languages."""
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    return {
        "navigation": entries(user) if is_known else [],
        "registry_settings": RegistrySettings.load(),
        "languages": settings.LANGUAGES,  # by their own names, whatever the page speaks
    }
