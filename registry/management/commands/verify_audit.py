from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.audit.verification import KeptHead, kept_heads, verify
from registry.management.people import add_as_argument, user_named


class Command(BaseCommand):
    help = "Compute the audit seals again; exit 1 and name the row or the seal that was altered, deleted or inserted."

    def add_arguments(self, parser: CommandParser) -> None:
        add_as_argument(parser)
        parser.add_argument(
            "--head",
            metavar="FILE-or-NUMBER:HASH",
            help="a head that was kept outside the registry, or a file with one or more, such as a mail",
        )

    def handle(self, *args: Any, username: str, head: str | None, **options: Any) -> None:
        try:
            found = verify(by=user_named(username), kept=_kept(head) if head else [])
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        if found.disagreements:
            raise CommandError("\n".join(["The trail does not agree with its seals.", *found.disagreements]))
        if found.head is None:
            self.stdout.write("No seal was made yet.")
        else:
            at = found.head.at.isoformat(timespec="seconds")
            self.stdout.write(f"{found.head.rows} rows in {found.head.number} seals agree; head {found.head} of {at}.")
        self.stdout.write(f"{found.unsealed} newer rows are not sealed yet.")


def _kept(head: str) -> list[KeptHead]:
    if heads := kept_heads(head):
        return heads
    try:
        heads = kept_heads(Path(head).read_text(errors="replace"))
    except OSError as error:
        raise CommandError(f"{head} is neither NUMBER:HASH nor a file that can be read.") from error
    if not heads:
        raise CommandError(f"{head} holds no head of the form NUMBER:HASH.")
    return heads
