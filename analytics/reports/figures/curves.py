"""Curves of the plan as figures: band, censoring marks, numbers at risk; told apart by line style, not by colour."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from math import ceil
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from analytics.plan.clock import DAYS_OF_A_MONTH
from analytics.reports import display
from analytics.reports.figures.at_risk import Line, is_in_steps, months_of
from analytics.reports.figures.canvas import DOUBLE_COLUMN, SINGLE_COLUMN, panel
from analytics.reports.figures.readings import reading as read
from analytics.reports.figures.risk_table import risk_table

Entry = Mapping[str, Any]

STYLES: Final = (
    ("-", "#000000"),
    ("--", "#333333"),
    (":", "#000000"),
    ("-.", "#555555"),
    ((0, (6, 1, 1, 1, 1, 1)), "#000000"),
)
PANEL: Final = "panel"  # the label of its axes
MOST_BANDS: Final = 2  # more bands over each other cannot be read
MOST_MARKS: Final = 300  # more marks on a line run into each other
A_YEAR: Final = 12  # months; ticks stand at whole years
# Inches: around and between the parts of a panel, and the width that one column of numbers needs.
LEFT, RIGHT, ABOVE, TITLE, BELOW = 0.62, 0.22, 0.1, 0.22, 0.45
COLUMN: Final = 0.6


def draw(entry: Entry, width: float = DOUBLE_COLUMN) -> Figure:
    """Panels beside each other, in a single column under each other, each above its numbers at risk."""
    curve = entry["value"]
    panels = [list(lines) for _, lines in groupby(curve["lines"], key=lambda line: line["panel"])]
    columns = 1 if width <= SINGLE_COLUMN else len(panels)
    across, height = width / columns - LEFT - RIGHT, _height(width / columns)
    ticks = _ticks(curve["lines"], most=int(across / COLUMN))
    tables = [risk_table(lines, ticks, by_group=bool(curve["groups"])) for lines in panels]
    above = ABOVE + (TITLE if len(panels) > 1 else 0)
    tall = above + height + BELOW + tables[0].height
    figure = Figure(figsize=(width, tall * len(panels) / columns))
    for place, (lines, table) in enumerate(zip(panels, tables, strict=True)):
        left, top = width / columns * (place % columns) + LEFT, tall * (place // columns) + above
        axes = panel(figure, left=left, top=top, width=across, height=height)
        _draw_lines(axes, lines, ticks)
        axes.set(label=PANEL, xlabel=f"Months since {curve['origin']}", ylabel=curve["quantity"])
        table.draw(panel(figure, left=left, top=top + height + BELOW, width=across, height=table.height), STYLES)
    return figure


def describe(entry: Entry) -> str:
    """What the figure shows, in words."""
    numbers = [
        f"{number['label']}: {display.value_of(number)}" + (f" ({limits})" if limits else "")
        for number in entry["value"]["landmarks"]
        for limits in [display.interval_of(number)]
    ]
    by_group = bool(entry["value"]["groups"])
    events = ", ".join(_events(line, by_group=by_group) for line in entry["value"]["lines"])
    return f"{entry['n']} patients, {entry['population']}. Time from {entry['clock']}. {events}. {'. '.join(numbers)}."


def caption(entry: Entry) -> str:
    """What the marks are, and the unit of time."""
    bands = "bands are pointwise 95% confidence intervals" if _has_bands(entry["value"]["lines"]) else ""
    marks = "" if _are_crowded(entry["value"]["lines"]) else "marks are censored patients"
    drawn = ", ".join(words for words in (marks, bands) if words)
    return "; ".join(words for words in (drawn, f"time in months of {DAYS_OF_A_MONTH} days") if words)


def reading(entry: Entry, figure: Figure) -> str:
    """The curves in words, for who moves along them on the page."""
    return read(entry, figure, label=PANEL)


def _events(line: Line, *, by_group: bool) -> str:
    counted = f"{line['n_events']} {line['events']}"
    return f"{line['label']}: {counted} in {line['n']}" if by_group else counted


def _has_bands(lines: Sequence[Line]) -> bool:
    return len([line for line in lines if line["panel"] == lines[0]["panel"]]) <= MOST_BANDS


def _are_crowded(lines: Sequence[Line]) -> bool:
    return any(np.count_nonzero(line["n_censor"]) > MOST_MARKS for line in lines)


def _height(width: float) -> float:
    return min(3.0, 0.75 * (width - LEFT))


def _ticks(lines: Sequence[Line], most: int) -> list[int]:
    longest = max(float(months_of(line)[-1]) for line in lines)
    step = A_YEAR * ceil(longest / A_YEAR / most)
    return list(range(0, int(longest) + step, step))


def _draw_lines(axes: Axes, lines: Sequence[Line], ticks: Sequence[int]) -> None:
    for line, (dashes, colour) in zip(lines, STYLES, strict=False):
        _draw_line(axes, line, dashes=dashes, colour=colour, has_band=_has_bands(lines))
        if not (is_in_steps(line) or _are_crowded(lines)):  # of steps single days are not known
            _mark_censored(axes, line, colour=colour)
    axes.set(ylim=(0, 1.02), xlim=(0, ticks[-1] + 1), title=lines[0]["panel"])
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.set_xticks(ticks)


def _draw_line(axes: Axes, line: Line, *, dashes: Any, colour: str, has_band: bool) -> None:
    months = np.append(0.0, months_of(line))
    steps = {
        name: np.append(line["start"], np.asarray(line[name], dtype=np.float64))
        for name in ("estimate", "lower", "upper")
    }
    if has_band:
        axes.fill_between(months, steps["lower"], steps["upper"], step="post", color=colour, alpha=0.18, linewidth=0)
    axes.step(months, steps["estimate"], where="post", linestyle=dashes, color=colour)


def _mark_censored(axes: Axes, line: Line, *, colour: str) -> None:
    censored = np.asarray(line["n_censor"]) > 0
    estimate = np.asarray(line["estimate"], dtype=np.float64)
    axes.plot(months_of(line)[censored], estimate[censored], "|", color=colour, markersize=6, linestyle="none")
