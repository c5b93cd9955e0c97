"""A report without a renderer: sections of tables and figures, every text ready to print."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """Cells of one row; the first names it. A row of level 1 is a part of the row of level 0 above it."""

    cells: tuple[str, ...]
    level: int = 0


@dataclass(frozen=True)
class ReportTable:
    """A table with its header and what must be known to read it: population, clock, event, method."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[str, ...]


@dataclass(frozen=True)
class ReportFigure:
    """A figure of an entry as inline SVG, its caption, and in words what it shows.

    ``reading`` are curves in words, time by time, as JSON for the script of the page.
    """

    id: str
    entry: str
    title: str
    svg: str
    description: str
    footnotes: tuple[str, ...]
    reading: str = ""


@dataclass(frozen=True)
class ReportSection:
    """Tables and figures under one heading."""

    title: str
    blocks: tuple[ReportTable | ReportFigure, ...]


@dataclass(frozen=True)
class Report:
    """``facts`` identify what was analysed and by which code: pairs of name and value."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[ReportSection, ...] = field(repr=False)

    def figures(self) -> Iterator[ReportFigure]:
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, ReportFigure))
