"""The full analysis: every entry of the plan, section by section."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop

from analytics.cohort.build import build as build_cohort
from analytics.cohort.data_set import AnalysisDataSet
from analytics.cohort.population import Flow
from analytics.reports import composing, r_bundle, summary_tables
from analytics.reports.content import Content, Progress, Source, text_file
from analytics.reports.document import Report, ReportSection
from analytics.reports.paper import document as paper
from analytics.reports.results_json import results as compute

TITLE = "Full analysis"


def make(source: Source, progress: Progress) -> Content:
    """The full analysis of a snapshot's rows; `progress` is told each step."""
    progress(gettext_noop("deriving the analysis data set"))
    cohort = build_cohort(source.forms, data_state=source.data_state, cut_off=source.cut_off)
    return of_data_set(cohort.data_set, progress, flow=cohort.flow)


def of_data_set(data: AnalysisDataSet, progress: Progress, *, flow: Flow | None = None) -> Content:
    """The full analysis of a data set; ``flow`` says how its patients were chosen, if that is known."""
    progress(gettext_noop("computing the plan"))
    found = compute(data)
    progress(gettext_noop("drawing figures and tables"))
    report = build(found, flow)
    beside_the_paper = text_file("the-paper-recomputed.md", "text/markdown", paper.as_text(found["entries"]))
    return Content(found, report, (*r_bundle.files(found["entries"], data.text), beside_the_paper))


def build(results: Mapping[str, Any], flow: Flow | None = None) -> Report:
    """The report of the content of ``results.json``; ``flow`` says how its patients were chosen, if that is known."""
    chosen = () if flow is None else (composing.flow_section(flow),)
    opening = ReportSection("Summary", summary_tables.tables(results["entries"]))
    return Report(TITLE, composing.facts(results), (*chosen, opening, *composing.sections(results["entries"])))
