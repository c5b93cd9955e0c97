"""A figure as a file: SVG, PDF, PNG, or the data behind it. All pictures are made of the one SVG."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from analytics.reports import figures
from analytics.reports.content import File
from analytics.reports.figures import data
from analytics.reports.figures.canvas import DOUBLE_COLUMN
from registry.transfer.paper import pdf

Entry = Mapping[str, Any]

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "png": "image/png",
    "csv": "text/csv",
}
_PRINTED: Final[Mapping[str, Callable[[dict[str, Any], dt.datetime], bytes]]] = {
    "pdf": lambda sheet, at: pdf.render("figure", sheet, at=at),
    "png": lambda sheet, _: pdf.picture("figure", sheet),
}


def file(entry: Entry, suffix: str, *, at: dt.datetime, width: float = DOUBLE_COLUMN) -> File:
    """The figure of an entry in the format with this suffix; `at` is when its numbers were computed."""
    name = f"{entry['id']}.{suffix}"
    if suffix == "csv":
        return File(name, MEDIA_TYPES[suffix], data.as_csv(entry).encode())
    svg = figures.as_svg(entry, figures.draw(entry, width))
    printed = sheet(entry["title"], svg, figures.describe(entry))
    content = svg.encode() if suffix == "svg" else _PRINTED[suffix](printed, at)
    return File(name, MEDIA_TYPES[suffix], content)


def sheet(title: str, svg: str, description: str) -> dict[str, Any]:
    """What `templates/typst/figure.typ` prints."""
    return {"title": title, "language": "en", "svg": svg, "description": description}
