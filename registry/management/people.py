"""`--as USER`: every command that reads or writes patients says for whom."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from registry.models import User


def add_as_argument(parser: CommandParser) -> None:
    parser.add_argument("--as", dest="username", required=True, metavar="USER", help="the account with whose rights")


def user_named(username: str) -> Any:
    try:
        return User.objects.get(username=username, is_active=True)
    except User.DoesNotExist:
        raise CommandError(f"There is no active account named {username}.") from None
