"""The queue of record, and what comes of it: definitions, runs, results, reports and the mails about them."""

from analytics.models.comparison import Comparison
from analytics.models.definition import ReportDefinition
from analytics.models.delivery import Delivery
from analytics.models.heartbeat import Heartbeat
from analytics.models.kind import Kind
from analytics.models.live import LiveList, LiveOutcomes, LivePatients, LiveRun
from analytics.models.report import Report, ReportFile, Result
from analytics.models.run import Run

__all__ = [
    "Comparison",
    "Delivery",
    "Heartbeat",
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
