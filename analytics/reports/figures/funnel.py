"""Centres by size and frequency, with the limits that chance explains."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from analytics.reports import display
from analytics.reports.figures.canvas import DOUBLE_COLUMN, panel
from analytics.reports.numbers import numbers
from analytics.stats import funnel_limits

Entry = Mapping[str, Any]


def draw(entry: Entry, width: float = DOUBLE_COLUMN) -> Figure:
    """The figure of an entry with one row a centre and all centres last."""
    *centres, every = numbers(entry)
    by_size = sorted(centres, key=lambda row: int(row["n"]))
    sizes = np.array([row["n"] for row in by_size])
    height = 0.6 * width
    figure = Figure(figsize=(width, height + 0.5))
    axes = panel(figure, left=0.6, top=0.1, width=width - 0.75, height=height - 0.1)
    every_size = np.arange(1, 1.08 * sizes[-1])
    for limit in funnel_limits(every["value"] / 100, every_size):
        axes.plot(every_size, 100 * limit, "--", color="#555555", linewidth=1, drawstyle="steps-mid")
    axes.axhline(every["value"], color="#000000", linewidth=0.8)
    line = f"solid line: all centres, {display.value_of(every)}"
    axes.text(1, 1, line, transform=axes.transAxes, ha="right", va="top")
    axes.plot(sizes, [row["value"] for row in by_size], "o", color="#000000", markersize=5)
    for place, names in _named(by_size).items():
        axes.annotate(names, place, xytext=(5, 3), textcoords="offset points")
    axes.set(ylim=(-4, 104), xlim=(0, sizes[-1] * 1.08), xlabel="Patients of the centre", ylabel="SOS/VOD, %")
    return figure


def describe(entry: Entry) -> str:
    """What the figure shows, in words."""
    *centres, every = numbers(entry)
    outside = [row["label"] for row in centres if not row["lower"] <= row["value"] <= row["upper"]]
    words = ", ".join(outside) if outside else "none"
    shown = f"{len(centres)} centre{'' if len(centres) == 1 else 's'}"
    counted = f"{every['events']} events in {every['n']} patients"
    return f"{shown}; of all centres {counted}: {display.value_of(every)}. Outside the limits of chance: {words}."


def caption(_: Entry) -> str:
    return "dots are centres by size, the lines enclose what chance explains in 95 of 100"


def _named(centres: list[Mapping[str, Any]]) -> dict[tuple[float, float], str]:
    """Centres at the same place share one text; a centre without a number has none."""
    names: dict[tuple[float, float], str] = {}
    for row in (row for row in centres if row["label"].startswith("Centre ")):
        place = (row["n"], row["value"])
        number = row["label"].removeprefix("Centre ")
        names[place] = f"{names[place]}, {number}" if place in names else number
    return names
