from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.access.context import scope, system
from registry.actions.errors import ActionRefused
from registry.management.people import add_as_argument, user_named
from registry.models import Centre
from registry.transfer.importing.at_once import import_at_once
from registry.transfer.importing.job import sentence
from registry.transfer.importing.lines import Refused


class Command(BaseCommand):
    help = "Bring in a centre's workbook, all of it or nothing. Prints one line a fault; exit 1 if there is any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a workbook (.xlsx) or a CSV named after its form")
        parser.add_argument("--centre", type=int, required=True, metavar="NN")
        add_as_argument(parser)
        parser.add_argument("--reason", required=True, metavar="TEXT", help="why, for the audit trail")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(system("login")):
            by = user_named(options["username"])
            centre = Centre.objects.filter(pk=options["centre"]).first()
        if centre is None:
            raise CommandError(f"There is no centre {options['centre']:02d}.")
        try:
            done = import_at_once(
                options["file"].read_bytes(),
                name=options["file"].name,
                centre=centre,
                by=by,
                reason=options["reason"],
                dry_run=options["dry_run"],
            )
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except (Refused, ActionRefused, PermissionDenied) as error:
            raise CommandError(sentence(error)) from error
        for line in done.faults:
            self.stdout.write("\t".join(line))
        if done.faults:
            raise CommandError(f"{len(done.faults)} faults; nothing was imported.")
        self.stdout.write(done.summary)
