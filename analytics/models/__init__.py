"""The queue of record, and what comes of it: definitions, runs, results and reports."""

from analytics.models.comparison import Comparison
from analytics.models.definition import ReportDefinition
from analytics.models.kind import Kind
from analytics.models.live import LiveList, LiveOutcomes, LivePatients, LiveRun
from analytics.models.report import Report, ReportFile, Result
from analytics.models.run import Run

__all__ = [
    "Comparison",
    "Kind",
    "LiveList",
    "LiveOutcomes",
    "LivePatients",
    "LiveRun",
    "Report",
    "ReportDefinition",
    "ReportFile",
    "Result",
    "Run",
]
