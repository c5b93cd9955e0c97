import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string

from registry.crf import codebook


class Command(BaseCommand):
    help = "Write the codebook, computed from the declarations of the forms."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", default="csv,html", help="csv, html or both, separated by a comma")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")

    def handle(self, *args: Any, format: str, out: Path, **options: Any) -> None:
        writers = {"csv": self._csv, "html": self._html}
        wanted = format.split(",")
        if unknown := [name for name in wanted if name not in writers]:
            raise CommandError(f"Unknown format {unknown[0]}. Known are {', '.join(writers)}.")
        out.mkdir(parents=True, exist_ok=True)
        for name in wanted:
            file = out / f"codebook.{name}"
            writers[name](file)
            self.stdout.write(f"{file}: {len(codebook.rows())} items, dictionary version {codebook.version()}")

    def _csv(self, file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=codebook.COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(codebook.rows())

    def _html(self, file: Path) -> None:
        forms = [(model, [row for row in codebook.rows() if row["form"] == model.form]) for model in codebook.forms()]
        context = {"forms": [(str(model._meta.verbose_name), rows) for model, rows in forms]}
        file.write_text(
            render_to_string("registry/codebook.html", context | {"version": codebook.version()}), encoding="utf-8"
        )
