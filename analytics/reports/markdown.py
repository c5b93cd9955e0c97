"""A report without figures as Markdown."""

from collections.abc import Iterator

from analytics.reports.document import Report, ReportSection, ReportTable


def as_markdown(report: Report, *, introduction: str) -> str:
    """Headings, facts and tables; the first line of the text is the title. Several tables of a section have theirs."""
    lines = [f"# {report.title}", "", introduction, "", *(f"- {name}: {value}" for name, value in report.facts)]
    for section in report.sections:
        lines += ["", f"## {section.title}"]
        for block in section.blocks:
            if isinstance(block, ReportTable):
                lines += ["", *_heading(block, section), *_table(block)]
    return "\n".join(lines) + "\n"


def _heading(table: ReportTable, section: ReportSection) -> tuple[str, ...]:
    return (f"### {table.title}", "") if len(section.blocks) > 1 else ()


def _table(table: ReportTable) -> Iterator[str]:
    yield _line(table.columns)
    yield _line(["---"] * len(table.columns))
    for row in table.rows:
        yield _line(row.cells)
    if table.footnotes:
        yield ""
        yield from (f"- {note}" for note in table.footnotes)


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
