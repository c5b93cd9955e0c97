"""What the kinds of report have in common: entries as tables and figures, the flow of patients, facts."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from analytics.cohort.population import Flow
from analytics.reports import figures
from analytics.reports.document import ReportFigure, ReportSection, ReportTable, Row
from analytics.reports.tables import entry_table
from analytics.reports.text import Text

Entry = Mapping[str, Any]


def facts(results: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was analysed, and by which software."""
    data_set = results["dataset"]
    versions = ((f"Software: {name}", version) for name, version in sorted(results["software"].items()))
    return (("Patients", str(data_set["n"])), ("Data set, sha256", data_set["sha256"]), *versions)


def sections(entries: Iterable[Entry]) -> Iterator[ReportSection]:
    """In the sections of the plan."""
    for title, found in groupby(entries, key=lambda entry: str(entry["section"])):
        yield ReportSection(title, tuple(block for entry in found for block in blocks(entry)))


def blocks(entry: Entry) -> Iterator[ReportTable | ReportFigure]:
    """The figure of an entry, if it is drawn, above its table."""
    if figures.is_drawn(entry):
        yield figures.block(entry)
    yield entry_table(entry)


def flow_section(flow: Flow) -> ReportSection:
    """Who is in the analysis."""
    return ReportSection("Who is in the analysis", (flow_table(flow),))


def flow_table(flow: Flow) -> ReportTable:
    """From enrolment to the analysis, with those left out by reason."""
    rows = [
        row
        for step in flow.steps
        for row in (
            Row((step.title, Text(step.n), Text(step.n_left_out or ""))),
            *(Row((reason, "", Text(count)), level=1) for reason, count in step.left_out.items()),
        )
    ]
    return ReportTable(
        id="flow",
        title="From enrolment to the analysis",
        columns=("", "Patients", "Left out"),
        rows=tuple(rows),
        footnotes=(f"Population: {flow.population}.",),
    )
