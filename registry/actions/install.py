"""The first accounts of a registry, and of a demonstration the centres and settings around them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from registry.access.context import scope, system
from registry.access.roles import Role
from registry.models import Centre, CrfForm, RegistrySettings, User


def is_installed() -> bool:
    """Is there anybody who could log in?"""
    return User.objects.exists()


def first_administrator() -> User:
    """The account that invites all others, made if it is not there: without a password, until its link is used."""
    with scope(system("install")):
        found = User.objects.filter(username="administrator").first()
        return found or User.objects.create_user("administrator", name="Administrator", role=Role.ADMINISTRATOR)


def create_demonstration(centres: Iterable[Centre], accounts: dict[str, dict[str, Any]], *, cut_off: dt.date) -> None:
    """Centres, accounts and settings of a demonstration. `accounts`: user name to password, role and centre."""
    with scope(system("install", read="all")):
        for centre in centres:
            centre.state = CrfForm.State.COMPLETE
            centre.save(force_insert=True)
        for username, fields in accounts.items():
            User.objects.create_user(username, name=username, **fields)
        RegistrySettings.objects.create(pk=1, data_cut_off=cut_off, is_demonstration=True)
