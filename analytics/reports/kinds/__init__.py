"""The kinds of report: each makes its content of a snapshot's rows."""

from collections.abc import Callable, Mapping
from typing import Final

from analytics.reports.content import Content, Progress, Source
from analytics.reports.kinds import centre_report, data_quality, full_analysis, safety

# By the names that `analytics.models.Kind` has.
KINDS: Final[Mapping[str, Callable[[Source, Progress], Content]]] = {
    "full analysis": full_analysis.make,
    "centre report": centre_report.make,
    "data quality": data_quality.make,
    "safety": safety.make,
}
