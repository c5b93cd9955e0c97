"""A report as documents: the same sections, tables and figures in each format."""

from collections.abc import Iterator

from analytics.reports.content import Content, File
from analytics.reports.formats import page, pdf, recompute, word, workbook
from analytics.reports.formats.printed import Printed
from analytics.reports.provenance import Facts

WRITERS = (pdf.write, word.write, workbook.write, page.write)


def documents(content: Content, provenance: Facts) -> Iterator[File]:
    """Every document of a report; `provenance` is what its footers print."""
    printed = Printed(content, provenance)
    for write in WRITERS:
        yield write(printed)
    if content.bundle:
        yield recompute.write(printed)
