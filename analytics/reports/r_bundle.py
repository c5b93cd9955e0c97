"""The files of a report with which a statistician recomputes its numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analytics.cohort import csv_text
from analytics.reports import r_script
from analytics.reports.content import File, text_file


def files(entries: Iterable[Mapping[str, Any]], data_set_text: str, ids: Sequence[str] | None = None) -> Iterator[File]:
    """The data set, its labels, our numbers, and the R script that makes them again."""
    yield text_file("analysis.csv", "text/csv", data_set_text)
    yield text_file("numbers.csv", "text/csv", r_script.table(entries))
    yield text_file("recompute.R", "text/plain", r_script.script(ids))
    yield text_file("labels.csv", "text/csv", csv_text.labels())
