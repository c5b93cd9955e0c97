from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.actions.errors import ActionRefused
from registry.actions.take_snapshot import take_snapshot
from registry.management.people import add_as_argument, user_named
from registry.models import Snapshot


class Command(BaseCommand):
    help = "Freeze the rows of all forms and print the identifier and the hash of the snapshot."

    def add_arguments(self, parser: CommandParser) -> None:
        add_as_argument(parser)
        states = Snapshot.DataState.values
        parser.add_argument("--state", choices=states, default=states[0], help="which patients reports made of it hold")

    def handle(self, *args: Any, username: str, state: str, **options: Any) -> None:
        try:
            snapshot: Snapshot = take_snapshot(by=user_named(username), data_state=state)
        except (PermissionDenied, ActionRefused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{snapshot.public_id} {snapshot.sha256} {snapshot.n_patients} patients")
