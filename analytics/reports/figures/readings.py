"""Curves in words, month by month: what the page says while a reader moves along them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from analytics.reports import display
from analytics.reports.figures.at_risk import Line, at_risk, events_by, is_in_steps, months_of, value_at

POINTS_OF_AN_INCH = 72  # the unit of the SVG


def reading(entry: Mapping[str, Any], figure: Figure, *, label: str) -> str:
    """For `static/analytics/figure.js`: left, right, upper and lower edge of each panel in the units of the SVG, the
    month at the right edge, and the words for each month. The axes of panels carry the label."""
    panels = [axes for axes in figure.axes if axes.get_label() == label]
    content = {
        "panels": [_edges(figure, axes) for axes in panels],
        "until": float(panels[0].get_xlim()[1]),
        "months": in_words(entry["value"]["lines"]),
    }
    return json.dumps(content, ensure_ascii=False)


def _edges(figure: Figure, axes: Any) -> list[float]:
    across, down = figure.get_size_inches() * POINTS_OF_AN_INCH
    box = axes.get_position()
    return [
        round(float(edge), 2) for edge in (box.x0 * across, box.x1 * across, down - box.y1 * down, down - box.y0 * down)
    ]


def in_words(lines: Sequence[Line]) -> list[str]:
    """One text for each whole month, up to the last one that anybody was observed in."""
    months = np.arange(int(max(months_of(line)[-1] for line in lines)) + 1)
    of_lines = [list(_line_in_words(line, months)) for line in lines]
    return [
        f"{month} {'month' if month == 1 else 'months'}: {'; '.join(words)}"
        for month, *words in zip(months, *of_lines, strict=True)
    ]


def _line_in_words(line: Line, months: Any) -> Iterator[str]:
    name = f"{line['panel']}, {line['label']}" if line["panel"] else line["label"]
    if is_in_steps(line):
        yield from _steps_in_words(name, line, months)
        return
    counts = zip(at_risk(line, months), events_by(line, months), strict=True)
    values = (value_at(line, column, months) for column in ("estimate", "lower", "upper"))
    for (n_risk, events), percentages in zip(counts, zip(*values, strict=True), strict=True):
        yield (
            f"{name} {_value(*percentages)}, at risk {n_risk}, {line['events']} {events}"
            if n_risk
            else f"{name}: nobody at risk"
        )


def _steps_in_words(name: str, line: Line, months: Any) -> Iterator[str]:
    """Up to the last step; what follows is not told."""
    values = (value_at(line, column, months) for column in ("estimate", "lower", "upper"))
    for month, percentages in zip(months, zip(*values, strict=True), strict=True):
        is_told = month <= months_of(line)[-1]
        yield f"{name} {_value(*percentages)}" if is_told else f"{name}: not shown"


def _value(estimate: float, lower: float, upper: float) -> str:
    percentage = f"{display.amount(100 * float(estimate), '%')}%"
    if np.isnan(lower) or np.isnan(upper):
        return percentage
    low, high = (display.amount(100 * float(limit), "%") for limit in (lower, upper))
    return f"{percentage} (95% CI {low} to {high}%)"
