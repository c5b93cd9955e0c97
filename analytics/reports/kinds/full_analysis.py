"""The full analysis: every entry of the plan, section by section."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from analytics.cohort.build import build as build_cohort
from analytics.cohort.data_set import AnalysisDataSet
from analytics.cohort.population import Flow
from analytics.reports import figures, r_bundle, summary_tables
from analytics.reports.content import Content, File, Progress, Source, text_file
from analytics.reports.document import Report, ReportFigure, ReportSection, ReportTable, Row
from analytics.reports.paper import document as paper
from analytics.reports.results_json import results as compute
from analytics.reports.tables import entry_table
from analytics.reports.text import Text

TITLE = "Full analysis"


def make(source: Source, progress: Progress) -> Content:
    """The full analysis of a snapshot's rows; `progress` is told each step."""
    progress("deriving the analysis data set")
    cohort = build_cohort(source.forms, data_state=source.data_state, cut_off=source.cut_off)
    return of_data_set(cohort.data_set, progress, flow=cohort.flow)


def of_data_set(data: AnalysisDataSet, progress: Progress, *, flow: Flow | None = None) -> Content:
    """The full analysis of a data set; ``flow`` says how its patients were chosen, if that is known."""
    progress("computing the plan")
    found = compute(data)
    progress("drawing figures and tables")
    report = build(found, flow)
    return Content(found, report, (*r_bundle.files(found, data.text), *_further_files(found, report)))


def _further_files(found: Mapping[str, Any], report: Report) -> Iterable[File]:
    yield text_file("the-paper-recomputed.md", "text/markdown", paper.as_text(found["entries"]))
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, ReportFigure):
                yield text_file(f"{block.id}.svg", "image/svg+xml", block.svg)


def build(results: Mapping[str, Any], flow: Flow | None = None) -> Report:
    """The report of the content of ``results.json``; ``flow`` says how its patients were chosen, if that is known."""
    data_set = results["dataset"]
    facts = [("Patients", str(data_set["n"])), ("Data set, sha256", data_set["sha256"])]
    facts += [(f"Software: {name}", version) for name, version in sorted(results["software"].items())]
    chosen = () if flow is None else (ReportSection("Who is in the analysis", (flow_table(flow),)),)
    sections = (
        ReportSection(title, tuple(block for entry in entries for block in _blocks(entry)))
        for title, entries in groupby(results["entries"], key=lambda entry: str(entry["section"]))
    )
    opening = ReportSection("Summary", summary_tables.tables(results["entries"]))
    return Report(TITLE, tuple(facts), (*chosen, opening, *sections))


def _blocks(entry: Mapping[str, Any]) -> Iterable[ReportTable | ReportFigure]:
    if figures.is_drawn(entry):
        yield figures.block(entry)
    yield entry_table(entry)


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
