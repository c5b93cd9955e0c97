"""Ratios of one table or model under each other on a logarithmic axis."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter, NullLocator

from analytics.reports import display, svg
from analytics.reports.numbers import numbers

Entry = Mapping[str, Any]
Number = Mapping[str, Any]

WIDTH = 6.6  # inches, as all sizes here
LETTER = 0.069
ROW = 0.24
LOWEST, HIGHEST = 0.02, 50.0  # an interval beyond them ends in an arrow
TICKS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)


def draw(entry: Entry) -> str:
    """The figure of an entry whose numbers are ratios, as inline SVG."""
    rows = numbers(entry)
    names = [_name(row) for row in rows]
    height = 0.75 + ROW * len(rows)
    with svg.settings():
        figure = Figure(figsize=(WIDTH, height))
        left, right = 0.2 + LETTER * max(map(len, names)), 1.75
        axes = figure.add_axes((left / WIDTH, 0.6 / height, (WIDTH - left - right) / WIDTH, ROW * len(rows) / height))
        for place, row in enumerate(rows):
            _draw_row(axes, place, row)
        _prepare(axes, rows, names)
    return svg.render(figure, name=entry["id"], title=entry["title"], description=describe(entry))


def describe(entry: Entry) -> str:
    """What the figure shows, in words."""
    ratios = [f"{_name(row)}: {_in_words(row)}" for row in numbers(entry)]
    return f"{entry['n']} patients, {entry['population']}. {'. '.join(ratios)}."


def _name(row: Number) -> str:
    return f"{row['label']} ({row['figure']})" if row["figure"] else str(row["label"])


def _in_words(row: Number) -> str:
    limits = display.interval_of(row)
    return display.value_of(row) + (f" ({limits})" if limits else "")


def _draw_row(axes: Axes, place: int, row: Number) -> None:
    if row["value"] is None:
        axes.text(1, place, "not estimated", va="center_baseline", ha="center", style="italic", color="#333333")
        return
    lower, upper = row["lower"] or LOWEST / 2, row["upper"] or HIGHEST * 2
    axes.plot((max(lower, LOWEST), min(upper, HIGHEST)), (place, place), color="#000000", linewidth=1.2)
    for limit, mark, is_beyond in ((LOWEST, "<", lower < LOWEST), (HIGHEST, ">", upper > HIGHEST)):
        if is_beyond:
            axes.plot(limit, place, mark, color="#000000", markersize=5)
    if LOWEST <= row["value"] <= HIGHEST:
        axes.plot(row["value"], place, "s", color="#000000", markersize=6)
    text = f"{display.amount(row['value'], row['unit'])} ({display.interval_of(row)})"
    axes.text(1.03, place, text, transform=axes.get_yaxis_transform(), va="center_baseline")


def _prepare(axes: Axes, rows: Sequence[Number], names: Sequence[str]) -> None:
    limits = [limit for row in rows for limit in (row["lower"], row["upper"]) if limit and row["value"] is not None]
    lowest = max(LOWEST, min([0.5, *limits]))
    highest = min(HIGHEST, max([2.0, *limits]))
    ticks = [tick for tick in TICKS if lowest / 2 <= tick <= highest * 2]
    axes.axvline(1, color="#555555", linewidth=0.8, linestyle="--")
    axes.set(xscale="log", xlim=(lowest / 1.3, highest * 1.3), ylim=(len(rows) - 0.4, -0.6))
    axes.set_yticks(range(len(rows)), names)
    axes.xaxis.set_major_locator(NullLocator())
    axes.set_xticks([tick for tick in ticks if lowest / 1.3 <= tick <= highest * 1.3])
    axes.set_xticklabels([f"{tick:g}" for tick in axes.get_xticks()])
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_minor_locator(NullLocator())
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    unit = rows[0]["unit"]
    axes.set_xlabel(f"{unit[0].upper()}{unit[1:]}, logarithmic axis")
