"""The course of every patient as a line, with marks where something happened."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analytics.plan.clock import DAYS_OF_A_MONTH
from analytics.reports.figures.canvas import DOUBLE_COLUMN, TALLEST, panel
from analytics.reports.numbers import numbers

Entry = Mapping[str, Any]

MARKS = {
    "first CR or CRi": {"marker": "|", "markersize": 7},
    "SOS/VOD": {"marker": "^", "markersize": 5},
    "relapse or progression": {"marker": "o", "markersize": 4.5, "markerfacecolor": "#ffffff"},
    "death": {"marker": "x", "markersize": 5},
    "last contact": {"marker": ">", "markersize": 5, "label": "alive at last contact"},
}
ENDS = ("death", "last contact")
MOST = 150  # lines that can be told apart on a page
ROW, BELOW = 0.1, 0.45  # inches a patient; for the axis


def draw(entry: Entry, width: float = DOUBLE_COLUMN) -> Figure:
    """The figure of an entry with one row a patient, longest course first; of many patients only each so manieth."""
    rows = numbers(entry)[:: _step(entry)]
    height = min(ROW * len(rows) + 0.6, TALLEST - BELOW)
    figure = Figure(figsize=(width, height + BELOW))
    axes = panel(figure, left=0.35, top=0.1, width=width - 0.5, height=height - 0.1)
    courses = [_months(row) for row in rows]
    _draw_lines(axes, courses)
    for name, mark in MARKS.items():
        marked = [(months[name], place) for place, months in enumerate(courses) if name in months]
        style: dict[str, Any] = {"label": name, "linestyle": "none", "color": "#000000"} | mark
        axes.plot(*zip(*marked, strict=True) if marked else ((), ()), **style)
    axes.legend(frameon=False, loc="lower right")
    axes.set(ylim=(len(rows), -1), xlim=(0, None), xlabel="Months since first INO dose", yticks=[])
    axes.set_ylabel("Patients, longest course first")
    axes.spines["left"].set_visible(False)
    return figure


def describe(entry: Entry) -> str:
    """What the figure shows, in words."""
    rows = numbers(entry)
    counts = {name: sum(name in row["parts"] for row in rows) for name in ("HCT", *MARKS)}
    words = ", ".join(f"{name} in {count}" for name, count in counts.items())
    return f"{entry['n']} patients. {words}. The days of each patient are in the table."


def caption(entry: Entry) -> str:
    step = _step(entry)
    return "a line a patient" if step == 1 else f"a line a patient, one of every {step} by length of the course"


def _step(entry: Entry) -> int:
    return max(1, ceil(len(numbers(entry)) / MOST))


def _months(row: Mapping[str, Any]) -> dict[str, float]:
    return {name: day / DAYS_OF_A_MONTH for name, day in zip(row["parts"], row["value"], strict=True)}


def _draw_lines(axes: Axes, courses: Sequence[Mapping[str, float]]) -> None:
    """To HCT thick and grey, from it thin and black."""
    places = range(len(courses))
    hct = [months["HCT"] for months in courses]
    ends = [next(months[name] for name in ENDS if name in months) for months in courses]
    axes.hlines(places, 0, hct, color="#999999", linewidth=3, label="before HCT")
    axes.hlines(places, hct, ends, color="#000000", linewidth=1.2, label="after HCT")
