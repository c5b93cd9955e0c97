"""``manage.py run_report KIND --as USER --out DIR``: a report made now, in this process, and its files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from analytics import actions, publish
from analytics.models import Kind, Report, Run
from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.crf.language import english
from registry.management.people import add_as_argument, user_named
from registry.models import Snapshot


class Command(BaseCommand):
    help = "Make a report with the rights of USER, publish it as a scheduled one is, and write its files to DIR."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = [kind.replace(" ", "-") for kind in Kind.values]
        parser.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
        add_as_argument(parser)  # type: ignore[arg-type]
        parser.add_argument("--snapshot", metavar="ID", help="of this snapshot; without it one is taken")
        parser.add_argument("--centre", type=int, metavar="NN", help="of a centre report: whose")
        parser.add_argument("--state", choices=Snapshot.DataState.values, default=Snapshot.DataState.COMPLETE.value)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *_: Any, username: str, out: Path, **asked: Any) -> None:
        user = user_named(username)
        try:
            run = actions.request_run(
                by=user,
                kind=asked["kind"].replace("-", " "),
                centre=asked["centre"],
                data_state=asked["state"],
                snapshot=_snapshot(asked["snapshot"]),
            )
        except (PermissionDenied, actions.RunRefused) as error:
            raise CommandError(str(error)) from error
        publish.carry_out(run.pk)
        with scope(claims_of(user)):
            report = Report.objects.filter(run=run).first()
            if report is None:
                run.refresh_from_db()
                raise CommandError(f"The report was not made: {_why(run)}")
            _write(report, out)
        self.stdout.write(f"{report.public_id} {report.sha256}: {report.files.count()} files written to {out}")
        for problem in report.problems:
            self.stdout.write(f"not computed: {problem}")


def _snapshot(public_id: str | None) -> Snapshot | None:
    if public_id is None:
        return None
    try:
        return Snapshot.objects.get(public_id=public_id)
    except (Snapshot.DoesNotExist, ValidationError) as error:
        raise CommandError(f"There is no snapshot {public_id}.") from error


def _why(run: Run) -> str:
    return english(run.problem_in_words) if run.problem else "another worker has taken it over"


def _write(report: Report, out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for file in report.files.all():
            (out / file.name).write_bytes(bytes(file.content))
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}") from error
