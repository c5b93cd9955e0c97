"""The headline numbers of the reports one after another: a panel a number, intervals as bars."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure

from analytics.plan.headline import HEADLINE
from analytics.reports.figures import svg

# When the data were frozen, in the time of the registry, and the numbers by label.
Point = tuple[datetime, Mapping[str, Mapping[str, Any]]]

LABELS = tuple(label for _, label in HEADLINE)

COLUMNS = 3
TITLE_WIDTH = 34  # letters over a panel
WIDTH, HEIGHT = 9.6, 1.9  # of the figure, of a row of panels; inches


def draw(points: Sequence[Point]) -> str:
    """Inline SVG of the reports, oldest first."""
    rows = -(-len(LABELS) // COLUMNS)
    with svg.settings():
        figure = Figure(figsize=(WIDTH, HEIGHT * rows), layout="constrained")
        panels = figure.subplots(rows, COLUMNS, squeeze=False)
        for label, axes in zip(LABELS, panels.flat, strict=False):
            _draw_panel(axes, label, [(when, numbers[label]) for when, numbers in points if label in numbers])
        for axes in panels.flat[len(LABELS) :]:
            axes.set_visible(False)
    return svg.render(figure, name="over-time", title="Headline numbers over time", description=describe(points))


def describe(points: Sequence[Point]) -> str:
    if not points:
        return "No report yet."
    first, last = points[0][0], points[-1][0]
    return f"{len(points)} reports, data from {first:%Y-%m-%d} to {last:%Y-%m-%d}; the table below has the numbers."


def _draw_panel(axes: Axes, label: str, numbers: Sequence[tuple[datetime, Mapping[str, Any]]]) -> None:
    known = [(when, number) for when, number in numbers if _value(number) is not None]
    days = [when.replace(tzinfo=None) for when, _ in known]  # as the clock of the registry showed
    values = [_value(number) for _, number in known]
    axes.plot(days, values, "-o", color="black", markersize=3, linewidth=1)
    for when, (_, number) in zip(days, known, strict=True):
        if number["interval"].startswith("95%") and None not in (number["lower"], number["upper"]):
            axes.plot([when, when], [number["lower"], number["upper"]], color="0.45", linewidth=1)
    axes.set_title(fill(label, TITLE_WIDTH), loc="left", fontsize=8)
    axes.tick_params(labelsize=7)
    axes.set_ylim(bottom=0)
    axes.margins(x=0.08)
    axes.set_ylabel(numbers[-1][1]["unit"] if numbers else "", fontsize=7)
    locator = AutoDateLocator(minticks=2, maxticks=4)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))


def _value(number: Mapping[str, Any]) -> float | None:
    return None if isinstance(number["value"], list) else number["value"]
