"""The numbers under curves: at risk and cumulative events at each tick.

Names stand on lines of their own, with the line they belong to, so that no name meets a number however long it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from analytics.reports.display import NOTHING
from analytics.reports.figures.at_risk import Line, at_risk, events_by, is_in_steps
from analytics.reports.figures.canvas import LINE

ROW = 2.15  # lines: a name, its counts, and a little room
SAMPLE = 0.32  # inches of line beside its name


@dataclass(frozen=True)
class RiskRow:
    """Counts at the ticks under a name; ``line`` is the place of the curve that the name belongs to."""

    name: str
    counts: Sequence[str]
    line: int | None


@dataclass(frozen=True)
class RiskTable:
    """``heading`` says what the counts are."""

    heading: str
    ticks: Sequence[int]
    rows: Sequence[RiskRow]

    @property
    def height(self) -> float:
        return LINE * (1.5 + ROW * len(self.rows))

    def draw(self, axes: Axes, styles: Sequence[tuple[Any, str]]) -> None:
        """Under a panel whose axis has the same ticks."""
        axes.set_axis_off()
        axes.set(xlim=(0, self.ticks[-1] + 1), ylim=(self.height / LINE, 0))
        sample = SAMPLE / (axes.get_position().width * axes.figure.get_size_inches()[0])
        beside = axes.get_yaxis_transform()
        axes.text(0, 0.5, self.heading, transform=beside, va="center_baseline", fontweight="bold")
        for place, row in enumerate(self.rows):
            down, indent = 1.6 + ROW * place, 0.0
            if row.line is not None:
                dashes, colour = styles[row.line]
                axes.plot((0, sample), (down, down), transform=beside, linestyle=dashes, color=colour, clip_on=False)
                indent = 1.25 * sample
            axes.text(indent, down, row.name, transform=beside, va="center_baseline", clip_on=False)
            for tick, count in zip(self.ticks, row.counts, strict=True):
                axes.text(tick, down + 0.95, count, ha="center", va="center_baseline", clip_on=False)


def risk_table(lines: Sequence[Line], ticks: Sequence[int], *, by_group: bool) -> RiskTable:
    """Of groups one row each; else all lines are over the same patients: one row at risk, one of events a line."""
    if by_group:
        rows = [RiskRow(line["label"], _at_risk_and_events(line, ticks), place) for place, line in enumerate(lines)]
        return RiskTable("Number at risk (cumulative events)", ticks, rows)
    several = len(lines) > 1
    rows = [RiskRow("at risk", [str(count) for count in at_risk(lines[0], ticks)], None)]
    rows += [
        RiskRow(line["events"], [str(count) for count in events_by(line, ticks)], place if several else None)
        for place, line in enumerate(lines)
    ]
    return RiskTable("Number at risk, cumulative events", ticks, rows)


def _at_risk_and_events(line: Line, ticks: Sequence[int]) -> list[str]:
    if is_in_steps(line):
        told = {known["month"]: str(known["n"]) for known in line["at_risk"]}
        return [told.get(tick, NOTHING) for tick in ticks]
    counts = zip(at_risk(line, ticks), events_by(line, ticks), strict=True)
    return [f"{n_risk} ({events})" for n_risk, events in counts]
