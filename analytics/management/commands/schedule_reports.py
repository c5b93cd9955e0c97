from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from analytics.scheduling.definitions import schedule_nightly
from registry.management.people import add_as_argument, user_named


class Command(BaseCommand):
    help = "Schedule the nightly full analysis with the rights of USER, and ask for a first one now. May be repeated."

    def add_arguments(self, parser: CommandParser) -> None:
        add_as_argument(parser)

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        try:
            definition = schedule_nightly(by=user_named(username))
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{definition.name}: {definition.schedule}, as {definition.run_as}")
