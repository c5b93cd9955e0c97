"""What a user may do, where, and how the database is told."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from registry.access.context import Centres, Claims
from registry.access.roles import ALL_CENTRES_ROLES, PERMISSIONS, Permission, Role
from registry.access.scopes import permissions_of, scope_of


def may(user: Any, permission: Permission, *, centre: int | None = None) -> bool:
    """May this user do this; with a centre: there? Who comes by a token may do no more than its scopes say."""
    if not _may_by_role(user, permission) or not _may_by_token(user, permission):
        return False
    return centre is None or user.centre_id is None or user.centre_id == centre


def _may_by_role(user: Any, permission: Permission) -> bool:
    if not getattr(user, "is_active", False) or not getattr(user, "role", ""):
        return False
    return permission in PERMISSIONS[Role(user.role)]


def _may_by_token(user: Any, permission: Permission) -> bool:
    scopes = getattr(user, "token_scopes", None)
    return scopes is None or permission in permissions_of(scopes)


def require(user: Any, permission: Permission, *, centre: int | None = None) -> None:
    """Refuse with a sentence that names the missing right and who can grant it."""
    if not may(user, permission, centre=centre):
        is_of_token = _may_by_role(user, permission) and not _may_by_token(user, permission)
        raise PermissionDenied(_refusal_of_token(permission) if is_of_token else _refusal(permission, centre))


def require_any(user: Any, *permissions: Permission) -> None:
    """Refuse who has none of these; of a right that the role has, it is the token that lacks it."""
    if not any(may(user, permission) for permission in permissions):
        held = [permission for permission in permissions if _may_by_role(user, permission)]
        require(user, (held or permissions)[0])


def _refusal_of_token(permission: Permission) -> str:
    scope = scope_of(permission)
    if scope is None:
        text = _("No token includes the right to %(right)s: do it on the pages of the registry.")
        return text % {"right": permission.label}
    text = _("This token lacks the scope “%(scope)s”, which the right to %(right)s needs. Make a token that has it.")
    return text % {"scope": scope.value, "right": permission.label}


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
