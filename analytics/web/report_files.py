"""The files of a report as its page lists them: to read first, then to work with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from analytics.models import Report

TITLES: Final[Mapping[str, object]] = {
    "report.pdf": _("PDF"),
    "report.docx": _("Word"),
    "report.xlsx": _("Excel, with every number at full precision"),
    "report.html": _("Web page in one file"),
    "recompute-in-R.zip": _("Recompute in R: data set, codebook, script and our numbers"),
    "results.json": _("Results for programs"),
}


@dataclass(frozen=True)
class Listed:
    name: str
    title: object
    size: int
    sha256: str


def of(report: Report) -> list[Listed]:
    """In the order of the titles; a file without a title at the end, under its name."""
    return sorted(_listed(report), key=_place)


def _listed(report: Report) -> Iterator[Listed]:
    sized = report.files.annotate(size=Length("content"))
    for name, size, sha256 in sized.values_list("name", "size", "sha256"):
        yield Listed(name, TITLES.get(name, name), size, sha256)


def _place(file: Listed) -> tuple[int, str]:
    return (list(TITLES).index(file.name) if file.name in TITLES else len(TITLES), file.name)
