"""Accounts: made by invitation, changed and deactivated by an administrator, every step signed."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.api_tokens import revoke_tokens_of
from registry.actions.errors import ActionRefused
from registry.audit.acting import acting_as
from registry.models import User


class OwnAccount(ActionRefused):
    def __init__(self) -> None:
        super().__init__(_("Nobody changes the own role or deactivates the own account: another administrator can."))


def create_user(user: User, *, by: Any) -> User:
    """A new account without a password; the link that sets one is the invitation."""
    require(by, Permission.MANAGE_USERS)
    user.set_unusable_password()
    user.full_clean()
    with acting_as(by):
        user.save(force_insert=True)
    return user


def change_user(user: User, *, by: Any) -> User:
    """Save name, e-mail, role, centre and whether the account is active.

    Who loses the account loses the sessions; the tokens end with another role or centre as well.
    """
    require(by, Permission.MANAGE_USERS)
    stored = User.objects.get(pk=user.pk)
    if user.pk == by.pk and (user.role, user.is_active) != (stored.role, stored.is_active):
        raise OwnAccount
    user.full_clean()
    with acting_as(by):
        user.save(update_fields=["name", "email", "role", "centre", "is_active"])
        if not user.is_active:
            end_sessions(user)
        if (user.is_active, user.role, user.centre_id) != (stored.is_active, stored.role, stored.centre_id):
            revoke_tokens_of(user, by=by)
    return user


def choose_language(*, language: str, by: Any) -> None:
    """Each person chooses for oneself."""
    with acting_as(by):
        User.objects.filter(pk=by.pk).update(language=language)


def end_sessions(user: User) -> None:
    """Log the user out everywhere, now."""
    for session in UserSession.objects.filter(user=user):
        session.end()
