"""Ratios of one table or model under each other on a logarithmic axis."""

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter, NullLocator

from analytics.reports import display
from analytics.reports.figures.canvas import DOUBLE_COLUMN, LETTER, LINE, SINGLE_COLUMN, panel
from analytics.reports.numbers import numbers

Entry = Mapping[str, Any]
Number = Mapping[str, Any]

LONGEST_NAME: Final = {True: 26, False: 46}  # letters in a line, in a single column or not
GAP: Final = 0.5  # lines between two rows
LEFT, ABOVE, BELOW, FIGURES = 0.2, 0.08, 0.62, 1.5  # inches; the figures stand right of the axis
LOWEST, HIGHEST = 0.02, 50.0  # an interval beyond them ends in an arrow
# Ticks by the inches that ten times as much takes.
TICKS: Final = (
    (1.0, (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)),
    (0.5, (0.05, 0.2, 1, 5, 20)),
    (0.0, (0.1, 1, 10)),
)


def draw(entry: Entry, width: float = DOUBLE_COLUMN) -> Figure:
    """Names left of the axis, ratios right of it; in a single column the ratios stand under the names."""
    rows = numbers(entry)
    narrow = width <= SINGLE_COLUMN
    names = [_lines(row, narrow=narrow) for row in rows]
    places, down = [], 0.0
    for lines in names:
        places.append(down + len(lines) / 2)
        down += len(lines) + GAP
    figure = Figure(figsize=(width, ABOVE + LINE * down + BELOW))
    left = LEFT + LETTER * max(len(line) for lines in names for line in lines)
    across = width - left - (0.2 if narrow else FIGURES)
    axes = panel(figure, left=left, top=ABOVE, width=across, height=LINE * down)
    for place, row in zip(places, rows, strict=True):
        _draw_row(axes, place, row)
        if not narrow and row["value"] is not None:
            axes.text(1.03, place, _ratio(row), transform=axes.get_yaxis_transform(), va="center_baseline")
    axes.set(ylim=(down, 0))
    axes.set_yticks(places, ["\n".join(lines) for lines in names])
    _prepare(axes, rows, inches=across)
    return figure


def describe(entry: Entry) -> str:
    """What the figure shows, in words."""
    ratios = [f"{_name(row)}: {_in_words(row)}" for row in numbers(entry)]
    return f"{entry['n']} patients, {entry['population']}. {'. '.join(ratios)}."


def caption(entry: Entry) -> str:
    return f"squares are {numbers(entry)[0]['unit']}s, lines their 95% confidence intervals"


def _name(row: Number) -> str:
    return f"{row['label']} ({row['figure']})" if row["figure"] else str(row["label"])


def _lines(row: Number, *, narrow: bool) -> list[str]:
    lines = textwrap.wrap(_name(row), LONGEST_NAME[narrow])
    return [*lines, _ratio(row)] if narrow and row["value"] is not None else lines


def _ratio(row: Number) -> str:
    return f"{display.amount(row['value'], row['unit'])} ({display.interval_of(row)})"


def _in_words(row: Number) -> str:
    limits = display.interval_of(row)
    return display.value_of(row) + (f" ({limits})" if limits else "")


def _draw_row(axes: Axes, place: float, row: Number) -> None:
    if row["value"] is None:
        axes.text(1, place, "not estimated", va="center_baseline", ha="center", style="italic", color="#333333")
        return
    lower, upper = row["lower"] or LOWEST / 2, row["upper"] or HIGHEST * 2
    axes.plot((max(lower, LOWEST), min(upper, HIGHEST)), (place, place), color="#000000", linewidth=1.2)
    for limit, mark, is_beyond in ((LOWEST, "<", lower < LOWEST), (HIGHEST, ">", upper > HIGHEST)):
        if is_beyond:
            axes.plot(limit, place, mark, color="#000000", markersize=5)
    if LOWEST <= row["value"] <= HIGHEST:
        axes.plot(row["value"], place, "s", color="#000000", markersize=5)


def _prepare(axes: Axes, rows: Sequence[Number], *, inches: float) -> None:
    limits = [limit for row in rows for limit in (row["lower"], row["upper"]) if limit and row["value"] is not None]
    lowest = max(LOWEST, min([0.5, *limits])) / 1.3
    highest = min(HIGHEST, max([2.0, *limits])) * 1.3
    a_tenfold = inches / math.log10(highest / lowest)
    ticks = [tick for tick in next(ticks for room, ticks in TICKS if a_tenfold >= room) if lowest <= tick <= highest]
    axes.axvline(1, color="#555555", linewidth=0.8, linestyle="--")
    axes.set(xscale="log", xlim=(lowest, highest))
    axes.xaxis.set_major_locator(NullLocator())
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_minor_locator(NullLocator())
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    unit = rows[0]["unit"]
    axes.set_xlabel(f"{unit[0].upper()}{unit[1:]}\n(logarithmic axis)")
