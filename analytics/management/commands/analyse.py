"""``manage.py analyse FILE.csv --out DIR``: the standing plan on an analysis data set from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics.cohort.csv_text import DataSetError
from analytics.cohort.data_set import AnalysisDataSet, read_csv
from analytics.reports import full_analysis
from analytics.reports.bundle import FullAnalysis
from analytics.reports.results_json import as_text, results


class Command(BaseCommand):
    """Needs no database: for statisticians, and for checking a report."""

    help = "Runs the standing plan on an analysis data set and writes results.json, the data set and the figures."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *_: Any, file: Path, out: Path, **__: Any) -> None:
        data = read(file)
        found = results(data)
        analysis = FullAnalysis(found, as_text(found), full_analysis.build(found), data.text)
        try:
            write(out, analysis)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{data.n} patients, data set {data.sha256}: results.json written to {out}")
        for entry in found["entries"]:
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


def write(folder: Path, analysis: FullAnalysis) -> None:
    """``results.json``, ``analysis.csv`` as it was read, and the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, _, text in analysis.files():
        (folder / name).write_bytes(text.encode())
