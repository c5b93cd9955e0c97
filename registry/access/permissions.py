"""What a user may do, where, and how the database is told."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from registry.access.context import Centres, Claims
from registry.access.roles import ALL_CENTRES_ROLES, PERMISSIONS, Permission, Role


def may(user: Any, permission: Permission, *, centre: int | None = None) -> bool:
    """May this user do this; with a centre: there?"""
    if not getattr(user, "is_active", False) or not getattr(user, "role", ""):
        return False
    if permission not in PERMISSIONS[Role(user.role)]:
        return False
    return centre is None or user.centre_id is None or user.centre_id == centre


def require(user: Any, permission: Permission, *, centre: int | None = None) -> None:
    """Refuse with a sentence that names the missing right and who can grant it."""
    if not may(user, permission, centre=centre):
        raise PermissionDenied(_refusal(permission, centre))


def _refusal(permission: Permission, centre: int | None) -> str:
    right = {"right": permission.label, "centre": "" if centre is None else f"{centre:02d}"}
    if centre is None:
        return _("Your role does not include the right to %(right)s. An administrator can change roles.") % right
    text = _(
        "Your role does not include the right to %(right)s for centre %(centre)s. An administrator can change roles."
    )
    return text % right


def readable_centres(user: Any) -> Centres:
    """The centres whose patients this user sees: none without a role that sees patients."""
    if not may(user, Permission.VIEW_PATIENTS):
        return ()
    return "all" if user.role in ALL_CENTRES_ROLES else (user.centre_id,)


def claims_of(user: Any, **details: str | None) -> Claims:
    """The claims of a person. `details` are request, ip, channel."""
    return Claims(
        user=str(user.pk),
        name=user.username,
        role=user.role,
        read=readable_centres(user),
        **details,  # type: ignore[arg-type]
    )
