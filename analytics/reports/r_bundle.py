"""The files of a report with which a statistician recomputes its numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from analytics.cohort import csv_text
from analytics.reports import r_script
from analytics.reports.content import File, text_file

README: Final = """\
The numbers of this report, to be computed again in R.

  Rscript recompute.R

in this folder prints each number as R computes it beside ours and ends with an error if one differs. It needs R with
the packages survival, cmprsk and rms.

analysis.csv   the analysis data set, a line a patient
labels.csv     its codebook: what each column means, how it is derived, which codes it may hold
recompute.R    the analysis
numbers.csv    our numbers at full precision
"""


def files(entries: Iterable[Mapping[str, Any]], data_set_text: str, ids: Sequence[str] | None = None) -> Iterator[File]:
    """The data set, its codebook, our numbers, and the R script that makes them again."""
    yield text_file("README.txt", "text/plain", README)
    yield text_file("analysis.csv", "text/csv", data_set_text)
    yield text_file("numbers.csv", "text/csv", r_script.table(entries))
    yield text_file("recompute.R", "text/plain", r_script.script(ids))
    yield text_file("labels.csv", "text/csv", csv_text.labels())
