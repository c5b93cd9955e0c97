import io
import zipfile
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.export_files import hand_over
from registry.actions.exports import Wish, begin_export, levels_of
from registry.management.people import add_as_argument, user_named
from registry.models import Export, Snapshot
from registry.transfer.exports.job import make


class Command(BaseCommand):
    help = (
        "Write an export into a folder: the files, their manifest, and README.txt. It is logged as one of the page is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_as_argument(parser)
        parser.add_argument("--format", required=True, choices=Export.Format.values)
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        parser.add_argument(
            "--level", choices=Export.Level.values, help="the most identifying one of the role if left out"
        )
        parser.add_argument("--forms", type=_words, default=(), metavar="FORM,FORM", help="all if left out")
        parser.add_argument("--centres", type=_numbers, default=(), metavar="NN,NN", help="all one reads if left out")
        parser.add_argument("--state", choices=Snapshot.DataState.values, default=Snapshot.DataState.ALL)
        parser.add_argument("--audit", action="store_true", help="with the audit trail; CDISC ODM at the level full")

    def handle(self, *args: Any, username: str, out: Path, **options: Any) -> None:
        by = user_named(username)
        level = options["level"] or next(iter(levels_of(by)), Export.Level.FULL)
        wish = Wish(
            options["format"],
            level,
            options["state"],
            options["forms"],
            options["centres"],
            with_audit=options["audit"],
        )
        try:
            export = begin_export(wish, by=by)
            make(export)
            with scope(claims_of(by)):
                export.refresh_from_db()
            if export.state != Export.State.DONE:
                raise CommandError(export.problem)
            content = hand_over(export, by=by)
        except (PermissionDenied, ValidationError) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from error
        out.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(out)
        self.stdout.write(
            f"{out}: {export.rows} rows, export {export.public_id}, sha256 of the zip file {export.sha256}"
        )


def _words(text: str) -> list[str]:
    return text.split(",")


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]
