"""The whole way from the rows of a snapshot, or from a file, to what is published: numbers, page, files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.cohort import csv_text
from analytics.cohort.build import build
from analytics.cohort.forms import Forms
from analytics.cohort.population import DataState
from analytics.reports import full_analysis, r_script
from analytics.reports.document import Report, ReportFigure
from analytics.reports.paper import document as paper
from analytics.reports.results_json import as_text, plain, results


@dataclass(frozen=True)
class FullAnalysis:
    """The content of results.json, its text, the document that pages render, and the data set it came from."""

    results: Mapping[str, Any]
    results_text: str
    report: Report
    data_set_text: str

    @property
    def document(self) -> Any:
        return plain(self.report)

    def files(self) -> Iterator[tuple[str, str, str]]:
        """Name, media type and text of every file of the report."""
        yield "results.json", "application/json", self.results_text
        yield "analysis.csv", "text/csv", self.data_set_text
        yield "numbers.csv", "text/csv", r_script.table(self.results["entries"])
        yield "recompute.R", "text/plain", r_script.script()
        yield "labels.csv", "text/csv", csv_text.labels()
        yield "the-paper-recomputed.md", "text/markdown", paper.as_text(self.results["entries"])
        for section in self.report.sections:
            for block in section.blocks:
                if isinstance(block, ReportFigure):
                    yield f"{block.id}.svg", "image/svg+xml", block.svg


def compute(
    forms: Forms, *, data_state: DataState, cut_off: date | None, progress: Callable[[str], None]
) -> FullAnalysis:
    """The full analysis of a snapshot's rows; `progress` is told each step."""
    progress("deriving the analysis data set")
    cohort = build(forms, data_state=data_state, cut_off=cut_off)
    progress("computing the plan")
    found = results(cohort.data_set)
    progress("drawing figures and tables")
    return FullAnalysis(found, as_text(found), full_analysis.build(found, cohort.flow), cohort.data_set.text)
