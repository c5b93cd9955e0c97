"""What a token of the programming interface may be used for: it narrows the rights of its user, and adds none."""

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.access.roles import PERMISSIONS, Permission, Role


class Scope(models.TextChoices):
    READ = "read", _("read what your role shows")
    WRITE = "write", _("enter and correct patients and forms")
    QUERIES = "queries", _("raise, answer and close queries")
    STATES = "states", _("verify, lock and unlock")
    ANALYSES = "analyses", _("take snapshots and ask for reports")
    EXPORT = "export", _("export data")


_P = Permission
# What stands in no scope is done by a person on the pages: signing, freezing, users and centres.
PERMISSIONS_OF_SCOPE: Final[dict[Scope, frozenset[Permission]]] = {
    Scope.READ: frozenset({_P.VIEW_PATIENTS, _P.REVIEW_HISTORY, _P.VIEW_REPORTS, _P.VIEW_CENTRE_REPORT, _P.VIEW_RUNS}),
    Scope.WRITE: frozenset({_P.ENTER_DATA, _P.REVIEW_CYTOGENETICS}),
    Scope.QUERIES: frozenset({_P.RAISE_QUERY, _P.ANSWER_QUERY}),
    Scope.STATES: frozenset({_P.VERIFY, _P.LOCK}),
    Scope.ANALYSES: frozenset({_P.TAKE_SNAPSHOT}),
    Scope.EXPORT: frozenset({_P.EXPORT_PATIENTS, _P.EXPORT_DEIDENTIFIED}),
}


def permissions_of(scopes: Iterable[str]) -> frozenset[Permission]:
    return frozenset().union(*(PERMISSIONS_OF_SCOPE[Scope(scope)] for scope in scopes))


def scope_of(permission: Permission) -> Scope | None:
    """The scope that a right belongs to; None for what no token may do."""
    return next((scope for scope, permissions in PERMISSIONS_OF_SCOPE.items() if permission in permissions), None)


def scopes_for(role: str) -> list[Scope]:
    """The scopes that mean something for this role."""
    rights = PERMISSIONS.get(Role(role), frozenset())
    return [scope for scope, permissions in PERMISSIONS_OF_SCOPE.items() if permissions & rights]
