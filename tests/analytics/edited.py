"""The reference data set with some cells changed or columns left out."""

import csv
import io
from collections.abc import Callable, Mapping

from analytics.cohort.data_set import AnalysisDataSet, read_csv

Change = Callable[[dict[str, str]], Mapping[str, str]]


def edited(data: AnalysisDataSet, change: Change | None = None, *, without: tuple[str, ...] = ()) -> AnalysisDataSet:
    """``change`` gets a row and returns the cells that replace its own."""
    rows = [row | dict(change(row) if change else {}) for row in csv.DictReader(io.StringIO(data.text))]
    names = [name for name in data.cells if name not in without]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return read_csv(out.getvalue())
