"""Curves of the plan as figures: band, censoring marks, numbers at risk; told apart by line style, not by colour."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from analytics.plan.clock import DAYS_OF_A_MONTH
from analytics.reports import display, svg

STYLES = (("-", "#000000"), ("--", "#333333"), (":", "#000000"))
TICKS = 12  # months between two numbers at risk
MOST_TICKS = 9


def curve_figure(entry: Mapping[str, Any]) -> str:
    """The figure of an entry of kind ``curve``, as inline SVG."""
    curve = entry["value"]
    lines = curve["lines"]
    with svg.settings():
        figure = Figure(figsize=(6.6, 4.6), layout="constrained")
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(5, 0.5 + 0.4 * len(lines)))
        ticks = _ticks(lines)
        for line, (dashes, colour) in zip(lines, STYLES, strict=False):
            _draw(upper, line, dashes=dashes, colour=colour)
        upper.set(ylim=(0, 1.02), xlim=(0, ticks[-1] + 1), ylabel=curve["quantity"])
        upper.yaxis.set_major_formatter(PercentFormatter(1))
        upper.set_xticks(ticks)
        upper.tick_params(labelbottom=True)
        upper.set_xlabel(f"Months since {curve['origin']}")
        if len(lines) > 1:
            upper.legend(frameon=False, loc="upper left", ncols=len(lines))
        _numbers_at_risk(lower, lines, ticks)
    return svg.render(figure, name=entry["id"], title=entry["title"], description=describe(entry))


def describe(entry: Mapping[str, Any]) -> str:
    """What the figure shows, in words."""
    numbers = [
        f"{number['label']}: {display.value_of(number)}" + (f" ({limits})" if limits else "")
        for number in entry["value"]["landmarks"]
        for limits in [display.interval_of(number)]
    ]
    events = ", ".join(f"{sum(line['n_event'])} {line['events']}" for line in entry["value"]["lines"])
    return f"{entry['n']} patients, {entry['population']}. Time from {entry['clock']}. {events}. {'. '.join(numbers)}."


def _months(line: Mapping[str, Any]) -> NDArray[np.float64]:
    return np.asarray(line["time"], dtype=np.float64) / DAYS_OF_A_MONTH


def _ticks(lines: Sequence[Mapping[str, Any]]) -> list[int]:
    longest = max(float(_months(line)[-1]) for line in lines)
    step = TICKS * max(1, round(longest / TICKS / MOST_TICKS))
    return list(range(0, int(longest) + step, step))


def _draw(axes: Axes, line: Mapping[str, Any], *, dashes: str, colour: str) -> None:
    months = np.concatenate(([0.0], _months(line)))

    def steps(name: str) -> NDArray[np.float64]:
        return np.concatenate(([line["start"]], np.asarray(line[name], dtype=np.float64)))

    axes.fill_between(months, steps("lower"), steps("upper"), step="post", color=colour, alpha=0.18, linewidth=0)
    axes.step(months, steps("estimate"), where="post", label=line["label"], linestyle=dashes, color=colour)
    censored = np.asarray(line["n_censor"]) > 0
    axes.plot(months[1:][censored], steps("estimate")[1:][censored], "|", color=colour, markersize=6, linestyle="none")


def _numbers_at_risk(axes: Axes, lines: Sequence[Mapping[str, Any]], ticks: Sequence[int]) -> None:
    """All lines are over the same patients: one row at risk, one row of cumulative events a line."""
    rows = {"at risk": [_at_risk(lines[0], tick) for tick in ticks]}
    rows |= {line["events"]: [_events_by(line, tick) for tick in ticks] for line in lines}
    axes.set(ylim=(len(rows) - 0.4, -0.6), yticks=range(len(rows)), yticklabels=rows)
    axes.tick_params(left=False, bottom=False, labelbottom=False, pad=14)
    axes.spines[:].set_visible(False)
    for row, counts in enumerate(rows.values()):
        for tick, count in zip(ticks, counts, strict=True):
            axes.text(tick, row, str(count), ha="center", va="center_baseline", clip_on=False)
    axes.set_title("Number at risk, cumulative events", loc="left", fontsize=9, fontweight="bold")


def _at_risk(line: Mapping[str, Any], month: float) -> int:
    """Those still observed just before the time."""
    later = np.flatnonzero(_months(line) >= month)
    return int(line["n_risk"][later[0]]) if later.size else 0


def _events_by(line: Mapping[str, Any], month: float) -> int:
    return int(np.asarray(line["n_event"])[_months(line) <= month].sum())
