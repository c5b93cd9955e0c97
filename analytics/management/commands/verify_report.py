from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from analytics.models import Report
from analytics.rights import readable_reports
from analytics.verification import verify
from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.management.people import add_as_argument, user_named


class Command(BaseCommand):
    help = "Compute a published report again from its snapshot and compare. Ends with 1 and names what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", type=_identifier, metavar="ID", help="the identifier in the footer of the report")
        add_as_argument(parser)

    def handle(self, *args: Any, report: UUID, username: str, **options: Any) -> None:
        user = user_named(username)
        with scope(claims_of(user, channel="command")):
            found = readable_reports(user).filter(public_id=report).select_related("snapshot").first()
            if found is None:
                raise CommandError(f"There is no report {report} that {username} may read.")
            self._say(found)

    def _say(self, report: Report) -> None:
        verdict = verify(report)
        self.stdout.write(f"{report.get_kind_display()}, snapshot {report.snapshot.sha256}")
        self.stdout.write(f"results.json, sha256 {report.sha256}")
        self.stdout.write(f"published by the code {report.code_version}")
        if not verdict.is_same_code:
            self.stdout.write(f"computed again by the code {verdict.code_version}")
        if not verdict.is_verified:
            raise CommandError("\n".join(("This report does not verify:", *verdict.faults)))
        self.stdout.write(f"Verified: {verdict.entries} entries came out again, no stored byte was altered.")


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError(f"“{text}” is no identifier of a report. It stands in the footer of the report.") from None
