"""What every document of a report prints, whatever its format."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from analytics.reports import provenance
from analytics.reports.content import Content
from analytics.reports.document import Report, ReportFigure, ReportTable
from analytics.reports.figures.files import sheet
from analytics.reports.provenance import Facts
from registry.transfer.paper import pdf

MADE_OF: Final = "What this report is made of"
LONGEST: Final = 500  # rows
PAGE: Final = 105  # letters across a page, as wide as they are in bold
SPACE: Final = 3  # letters between columns


@dataclass(frozen=True)
class Printed:
    """A report with what identifies it."""

    content: Content
    provenance: Facts

    @property
    def report(self) -> Report:
        return self.content.report

    @property
    def at(self) -> datetime:
        return provenance.computed_at(self.provenance)

    @property
    def front(self) -> Facts:
        return provenance.front(self.provenance)

    @property
    def footer(self) -> str:
        return provenance.footer(self.provenance)

    @property
    def made_of(self) -> Facts:
        return (*self.provenance, *self.report.facts)

    @property
    def warnings(self) -> list[str]:
        """What must be known before anything else is read."""
        return [f"This report is partial. {problem}" for problem in self.content.problems]

    @cached_property
    def pictures(self) -> dict[str, bytes]:
        """Each figure by its id, for programs that show no vectors; drawn from the SVG, once for all formats."""
        return {figure.id: _picture(figure) for figure in self.report.figures()}


def _picture(figure: ReportFigure) -> bytes:
    return pdf.picture("figure", sheet(figure.title, figure.svg, figure.description))


def as_printed(table: ReportTable) -> ReportTable:
    """On paper a table ends somewhere: what follows is in the workbook."""
    if len(table.rows) <= LONGEST:
        return table
    note = f"The first {LONGEST} of {len(table.rows):,} rows; all of them are in the Excel workbook."
    return replace(table, rows=table.rows[:LONGEST], footnotes=(note, *table.footnotes))


def column_shares(table: ReportTable) -> list[float]:
    """How much of the width of the page each column takes: its longest word, then of the rest by its longest text."""
    columns = [[column, *(row.cells[place] for row in table.rows)] for place, column in enumerate(table.columns)]
    least = [max(len(word) for text in texts for word in (text or "-").split()) + SPACE for texts in columns]
    wanted = [max(0, max(map(len, texts)) + SPACE - width) for texts, width in zip(columns, least, strict=True)]
    left = max(0, PAGE - sum(least))
    given = min(1.0, left / (sum(wanted) or 1))
    spread = max(0.0, left - sum(wanted)) / len(columns)
    return [(width + given * more + spread) / max(PAGE, sum(least)) for width, more in zip(least, wanted, strict=True)]
