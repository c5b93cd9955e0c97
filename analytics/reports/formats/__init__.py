"""A report as documents: the same sections, tables and figures in each format."""

from collections.abc import Iterator

from analytics.reports.content import Content, File
from analytics.reports.provenance import Facts


def documents(content: Content, provenance: Facts) -> Iterator[File]:
    """Every document of a report; `provenance` is what its footers print."""
    yield from ()
