"""Figures of entries: curves, a forest, a funnel or a swimmer plot. One drawing serves page, print and download."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any, Final

from matplotlib.figure import Figure

from analytics.reports.document import ReportFigure
from analytics.reports.figures import curves, forest, funnel, svg, swimmer
from analytics.reports.figures.canvas import DOUBLE_COLUMN
from analytics.reports.tables import footnotes
from analytics.reports.text import Text

Entry = Mapping[str, Any]

# Each module draws an entry, describes it in words, and says in the caption what the marks are.
KINDS: Final[Mapping[str, ModuleType]] = {"curves": curves, "forest": forest, "funnel": funnel, "swimmer": swimmer}
FOOTNOTES: Final = ("Population", "Clock", "Event", "Method")


def is_drawn(entry: Entry) -> bool:
    """Whether there is a figure: an entry without result has none."""
    return bool(entry["drawn_as"]) and not entry["error"]


def draw(entry: Entry, width: float = DOUBLE_COLUMN) -> Figure:
    """The figure of an entry, so many inches wide."""
    with svg.settings():
        figure: Figure = KINDS[entry["drawn_as"]].draw(entry, width)
    return figure


def as_svg(entry: Entry, figure: Figure) -> str:
    """The figure as one ``<svg>`` element; the same entry gives the same bytes."""
    return svg.render(figure, name=entry["id"], title=entry["title"], description=describe(entry))


def describe(entry: Entry) -> str:
    """What the figure shows, in words."""
    return str(KINDS[entry["drawn_as"]].describe(entry))


def caption(entry: Entry) -> str:
    """The title of the entry with what the marks of the figure are."""
    return f"{entry['title']}; {KINDS[entry['drawn_as']].caption(entry)}"


def block(entry: Entry) -> ReportFigure:
    """The figure as a part of a report."""
    figure, stated = draw(entry), footnotes(entry)
    return ReportFigure(
        id=f"{entry['id']}-figure",
        entry=entry["id"],
        title=caption(entry),
        svg=as_svg(entry, figure),
        description=describe(entry),
        footnotes=tuple(Text(f"{name}: ", stated[name]) for name in FOOTNOTES if name in stated),
        reading=curves.reading(entry, figure) if entry["drawn_as"] == "curves" else "",
    )
