"""Which figure is made of an entry: curves, a forest, a funnel or a swimmer plot."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from analytics.reports import curves, forest, funnel, swimmer

Entry = Mapping[str, Any]

DRAWN: Final[Mapping[str, Callable[[Entry], str]]] = {
    "curves": curves.draw,
    "forest": forest.draw,
    "funnel": funnel.draw,
    "swimmer": swimmer.draw,
}
DESCRIBED: Final[Mapping[str, Callable[[Entry], str]]] = {
    "curves": curves.describe,
    "forest": forest.describe,
    "funnel": funnel.describe,
    "swimmer": swimmer.describe,
}
CAPTIONS: Final[Mapping[str, str]] = {
    "curves": "marks are censored patients",
    "forest": "squares are ratios, lines their 95% confidence intervals",
    "funnel": "dots are centres by size, the lines enclose what chance explains in 95 of 100",
    "swimmer": "a line a patient",
}


def is_drawn(entry: Entry) -> bool:
    """Whether there is a figure: an entry without result has none."""
    return bool(entry["drawn_as"]) and not entry["error"]


def draw(entry: Entry) -> str:
    """The figure as inline SVG; the same entry gives the same bytes."""
    return DRAWN[entry["drawn_as"]](entry)


def describe(entry: Entry) -> str:
    """What the figure shows, in words."""
    return DESCRIBED[entry["drawn_as"]](entry)


def caption(entry: Entry) -> str:
    """The title of the entry with what the marks of the figure are."""
    return f"{entry['title']}; {CAPTIONS[entry['drawn_as']]}"
