"""The codebook, the derived variables and the empty case report form: no patient is in it."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import override

from registry.derivations.catalogue import GROUPS
from registry.transfer.cells import csv_writer
from registry.transfer.codebook_csv import codebook_csv
from registry.transfer.exports.tables import Content
from registry.transfer.paper.blank_crf import blank_crf
from registry.transfer.paper.codebook import codebook_pdf

DERIVED = ("number", "group", "name", "unit", "rule", "items", "codes")


def write(content: Content, folder: Path) -> None:
    (folder / "codebook.csv").write_text(codebook_csv(), encoding="utf-8-sig")
    _write_derived(folder / "derived_variables.csv")
    with override(None):
        content.progress("Codebook")
        (folder / "codebook.pdf").write_bytes(codebook_pdf(at=timezone.now()))
        (folder / "blank_crf.pdf").write_bytes(blank_crf(at=timezone.now()))


def _write_derived(file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream, override(None):
        writer = csv_writer(stream)
        writer.writerow(DERIVED)
        for group in GROUPS:
            for each in group.variables:
                codes = "; ".join(f"{code}={label}" for code, label in each.codes.items())
                items = "; ".join(each.items)
                writer.writerow((each.number, group.title, each.name, each.unit, each.rule, items, codes))
