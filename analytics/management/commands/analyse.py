"""``manage.py analyse FILE.csv --out DIR``: the standing plan on an analysis data set from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics.cohort.csv_text import DataSetError
from analytics.cohort.data_set import AnalysisDataSet, read_csv
from analytics.reports.content import Content
from analytics.reports.kinds import full_analysis


class Command(BaseCommand):
    """Needs no database: for statisticians, and for checking a report."""

    help = "Runs the standing plan on an analysis data set and writes results.json, the data set and the figures."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *_: Any, file: Path, out: Path, **__: Any) -> None:
        data = read(file)
        content = full_analysis.of_data_set(data, lambda _: None)
        try:
            write(out, content)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{data.n} patients, data set {data.sha256}: results.json written to {out}")
        for entry in content.results["entries"]:
            if entry["error"]:
                self.stdout.write(f"not computed: {entry['title']}: {entry['error']}")


def read(file: Path) -> AnalysisDataSet:
    """The data set of a file, or an error that says what is wrong with it."""
    try:
        return read_csv(file.read_bytes().decode())
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8 text: byte {error.start + 1}") from error
    except DataSetError as error:
        raise CommandError(f"{file} is not an analysis data set:\n{error}") from error


def write(folder: Path, content: Content) -> None:
    """``results.json``, ``analysis.csv`` as it was read, and the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in content.files():
        (folder / file.name).write_bytes(file.content)
    for figure in content.report.figures():
        (folder / f"{figure.entry}.svg").write_text(figure.svg, encoding="utf-8")
