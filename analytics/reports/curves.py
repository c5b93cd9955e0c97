"""Curves of the plan as figures: band, censoring marks, numbers at risk; told apart by line style, not by colour."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from analytics.plan.clock import DAYS_OF_A_MONTH
from analytics.reports import display, svg

Entry = Mapping[str, Any]
Line = Mapping[str, Any]

STYLES = (
    ("-", "#000000"),
    ("--", "#333333"),
    (":", "#000000"),
    ("-.", "#555555"),
    ((0, (6, 1, 1, 1, 1, 1)), "#000000"),
)
TICKS = 12  # months between two numbers at risk
MOST_TICKS = 9
MOST_TICKS_BESIDE = 2  # where panels stand beside each other
MOST_BANDS = 2  # more bands over each other cannot be read
WIDTH, HEIGHT = 6.6, 3.2  # of the page and of a panel; inches, as all sizes here
LETTER, ROW = 0.069, 0.19


def draw(entry: Entry) -> str:
    """The figure of an entry of kind ``curve``, as inline SVG."""
    curve = entry["value"]
    panels = [list(lines) for _, lines in groupby(curve["lines"], key=lambda line: line["panel"])]
    ticks = _ticks(curve["lines"], most=MOST_TICKS if len(panels) == 1 else MOST_TICKS_BESIDE)
    rows = [_numbers_at_risk(lines, ticks, by_group=bool(curve["groups"])) for lines in panels]
    with svg.settings():
        figure, axes = _axes(rows)
        for column, lines in enumerate(panels):
            _draw_panel(axes[0][column], lines, ticks, has_legend=len(panels) == 1)
            _print_numbers(axes[1][column], rows[column], ticks, has_names=column == 0)
        if len(panels) > 1:
            figure.legend(*axes[0][0].get_legend_handles_labels(), frameon=False, loc="upper right", ncols=2)
            axes[0][-1].set_yticklabels([])
        axes[0][0].set(xlabel=f"Months since {curve['origin']}", ylabel=curve["quantity"])
        axes[1][0].set_title(_heading(bool(curve["groups"])), loc="left", fontsize=9, fontweight="bold")
    return svg.render(figure, name=entry["id"], title=entry["title"], description=describe(entry))


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


def _events(line: Line, *, by_group: bool) -> str:
    counted = f"{sum(line['n_event'])} {line['events']}"
    return f"{line['label']}: {counted} in {line['n_risk'][0]}" if by_group else counted


def _months(line: Line) -> NDArray[np.float64]:
    return np.asarray(line["time"], dtype=np.float64) / DAYS_OF_A_MONTH


def _ticks(lines: Sequence[Line], most: int) -> list[int]:
    longest = max(float(_months(line)[-1]) for line in lines)
    step = TICKS * max(1, round(longest / TICKS / most))
    return list(range(0, int(longest) + step, step))


def _heading(by_group: bool) -> str:
    return "Number at risk (cumulative events)" if by_group else "Number at risk, cumulative events"


def _numbers_at_risk(lines: Sequence[Line], ticks: Sequence[int], *, by_group: bool) -> dict[str, list[str]]:
    """Of groups one row each; else all lines are over the same patients: one row at risk, one of events a line."""
    if by_group:
        return {
            line["label"]: [f"{_at_risk(line, tick)} ({_events_by(line, tick)})" for tick in ticks] for line in lines
        }
    rows = {"at risk": [str(_at_risk(lines[0], tick)) for tick in ticks]}
    return rows | {line["events"]: [str(_events_by(line, tick)) for tick in ticks] for line in lines}


def _axes(rows: Sequence[Mapping[str, Sequence[str]]]) -> tuple[Figure, Sequence[Sequence[Axes]]]:
    """Panels beside each other above their numbers at risk; the margins leave room for the names of the rows."""
    longest, table = max(len(name) for name in rows[0]), ROW * len(rows[0])
    above = 0.12 if len(rows) == 1 else 0.45 + ROW * -(-len(rows[0]) // 2)  # title of the panel, legend of two columns
    between = 0.85  # label of the axis, heading of the numbers
    height = above + HEIGHT + between + table
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.subplots(
        2,
        len(rows),
        squeeze=False,
        sharex=True,
        height_ratios=(HEIGHT, table),
        gridspec_kw={
            "left": max(0.65, 0.3 + LETTER * longest) / WIDTH,
            "right": 1 - 0.25 / WIDTH,
            "top": 1 - above / height,
            "bottom": 0.05 / height,
            "hspace": 2 * between / (HEIGHT + table),
            "wspace": 0.25,
        },
    )
    return figure, axes.tolist()


def _draw_panel(axes: Axes, lines: Sequence[Line], ticks: Sequence[int], *, has_legend: bool) -> None:
    for line, (dashes, colour) in zip(lines, STYLES, strict=False):
        _draw_line(axes, line, dashes=dashes, colour=colour, has_band=len(lines) <= MOST_BANDS)
    axes.set(ylim=(0, 1.02), xlim=(0, ticks[-1] + 1), title=lines[0]["panel"])
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.set_xticks(ticks)
    axes.tick_params(labelbottom=True)
    if has_legend and len(lines) > 1:
        axes.legend(frameon=False, loc="upper left" if lines[0]["start"] == 0 else "upper right")


def _draw_line(axes: Axes, line: Line, *, dashes: Any, colour: str, has_band: bool) -> None:
    months = np.concatenate(([0.0], _months(line)))

    def steps(name: str) -> NDArray[np.float64]:
        return np.concatenate(([line["start"]], np.asarray(line[name], dtype=np.float64)))

    if has_band:
        axes.fill_between(months, steps("lower"), steps("upper"), step="post", color=colour, alpha=0.18, linewidth=0)
    axes.step(months, steps("estimate"), where="post", label=line["label"], linestyle=dashes, color=colour)
    censored = np.asarray(line["n_censor"]) > 0
    axes.plot(months[1:][censored], steps("estimate")[1:][censored], "|", color=colour, markersize=6, linestyle="none")


def _print_numbers(axes: Axes, rows: Mapping[str, Sequence[str]], ticks: Sequence[int], *, has_names: bool) -> None:
    axes.set(ylim=(len(rows) - 0.4, -0.6), yticks=range(len(rows)), yticklabels=rows if has_names else [""] * len(rows))
    axes.tick_params(left=False, bottom=False, labelbottom=False, pad=14)
    axes.spines[:].set_visible(False)
    for row, counts in enumerate(rows.values()):
        for tick, count in zip(ticks, counts, strict=True):
            axes.text(tick, row, count, ha="center", va="center_baseline", clip_on=False)


def _at_risk(line: Line, month: float) -> int:
    """Those still observed just before the time."""
    later = np.flatnonzero(_months(line) >= month)
    return int(line["n_risk"][later[0]]) if later.size else 0


def _events_by(line: Line, month: float) -> int:
    return int(np.asarray(line["n_event"])[_months(line) <= month].sum())
