"""The data behind a figure, at full precision."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

from analytics.reports.figures.at_risk import Line, months_of
from analytics.reports.numbers import numbers

Entry = Mapping[str, Any]
Row = tuple[Any, ...]

STEPS: Final = ("n_risk", "n_event", "n_censor", "estimate", "lower", "upper")
OF_CURVES: Final = ("panel", "line", "days", "months", *STEPS)
OF_COURSES: Final = ("patient", "event", "day")
OF_NUMBERS: Final = ("label", "value", "lower", "upper", "p", "n", "events")


def columns(entry: Entry) -> tuple[str, ...]:
    return {"curves": OF_CURVES, "swimmer": OF_COURSES}.get(entry["drawn_as"], OF_NUMBERS)


def rows(entry: Entry) -> Iterator[Row]:
    """Of curves each step of each line, of courses each event of each patient, else each number."""
    match entry["drawn_as"]:
        case "curves":
            for line in entry["value"]["lines"]:
                yield from _steps(line)
        case "swimmer":
            for number in numbers(entry):
                yield from ((number["label"], *marked) for marked in zip(number["parts"], number["value"], strict=True))
        case _:
            yield from (tuple(number[column] for column in OF_NUMBERS) for number in numbers(entry))


def as_csv(entry: Entry) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns(entry))
    writer.writerows(rows(entry))
    return out.getvalue()


def _steps(line: Line) -> Iterator[Row]:
    beginning = (line["panel"], line["label"])
    known = {name: line[name] or [""] * len(line["time"]) for name in STEPS}  # of a curve in steps no counts
    yield (*beginning, 0, 0.0, known["n_risk"][0], 0, 0, *[line["start"]] * 3)
    steps = zip(line["time"], months_of(line).tolist(), *known.values(), strict=True)
    yield from ((*beginning, *step) for step in steps)
