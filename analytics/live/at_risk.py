"""Who is at risk on each line of a figure, and who had the event, year by year."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Numbers
from analytics.plan.clock import DAYS_OF_A_MONTH, in_days
from analytics.plan.entries.incidence import FROM_REMISSION
from analytics.plan.entries.survival import FROM_HCT, FROM_INO
from analytics.reports.document import ReportTable, Row
from analytics.reports.text import Text

Entry = Mapping[str, Any]
TIMES: Mapping[str, str] = {FROM_INO: "os_days", FROM_HCT: "os_hct_days", FROM_REMISSION: "ci_days"}
YEAR = 12  # months
MOST_COLUMNS = 8


def table(entry: Entry, data: AnalysisDataSet) -> ReportTable:
    """A row a line; each cell has those still observed just before the time, and the events up to it."""
    time, lines = data.numbers(TIMES[entry["clock"]]), entry["value"]["lines"]
    months = _months(lines)
    return ReportTable(
        id=f"{entry['id']}-at-risk",
        title=f"Patients at risk and events: {entry['title']}",
        columns=("", *(f"{month} months" if month else "Start" for month in months)),
        rows=tuple(Row((_name(line), *_cells(line, time, months))) for line in lines),
        footnotes=("At risk just before the time (events up to and with it).",),
    )


def _months(lines: Sequence[Mapping[str, Any]]) -> list[int]:
    longest = max(line["time"][-1] for line in lines) / DAYS_OF_A_MONTH
    step = YEAR * max(1, round(longest / YEAR / MOST_COLUMNS))
    return list(range(0, int(longest) + 1, step))


def _name(line: Mapping[str, Any]) -> str:
    return f"{line['panel']}: {line['label']}" if line["panel"] else str(line["label"])


def _cells(line: Mapping[str, Any], time: Numbers, months: Sequence[int]) -> Iterator[str]:
    patients, events = line["n"].rows, line["n_events"].rows
    for month in months:
        at_risk, happened = Count(patients & (time >= in_days(month))), Count(events & (time <= in_days(month)))
        yield Text(at_risk, " (", happened, ")")
