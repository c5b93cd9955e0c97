from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils import timezone

from registry.crf import codebook
from registry.transfer.codebook_csv import codebook_csv
from registry.transfer.paper.blank_crf import blank_crf
from registry.transfer.paper.codebook import codebook_pdf

# What each format writes: file name and content.
FORMATS: dict[str, Callable[[], dict[str, bytes]]] = {
    "csv": lambda: {"codebook.csv": codebook_csv().encode()},
    "html": lambda: {"codebook.html": _html().encode()},
    "pdf": lambda: {
        "codebook.pdf": codebook_pdf(at=timezone.now()),
        "blank_crf.pdf": blank_crf(at=timezone.now()),
    },
}


class Command(BaseCommand):
    help = "Write the codebook, computed from the declarations of the forms; as PDF also the empty case report form."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", default="csv,html,pdf", help="csv, html, pdf or several, separated by commas")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")

    def handle(self, *args: Any, format: str, out: Path, **options: Any) -> None:
        wanted = format.split(",")
        if unknown := [name for name in wanted if name not in FORMATS]:
            raise CommandError(f"Unknown format {unknown[0]}. Known are {', '.join(FORMATS)}.")
        out.mkdir(parents=True, exist_ok=True)
        for name in wanted:
            for file, content in FORMATS[name]().items():
                (out / file).write_bytes(content)
                self.stdout.write(f"{out / file}: dictionary version {codebook.version()}")


def _html() -> str:
    forms = [(model, [row for row in codebook.rows() if row["form"] == model.form]) for model in codebook.forms()]
    context = {"forms": [(str(model._meta.verbose_name), rows) for model, rows in forms]}
    return render_to_string("registry/codebook.html", context | {"version": codebook.version()})
