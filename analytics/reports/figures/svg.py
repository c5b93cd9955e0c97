"""Matplotlib's SVG made fit for a page with a strict content security policy and for a screen reader."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from xml.etree import ElementTree

import matplotlib
from matplotlib.figure import Figure

from analytics.reports.figures.canvas import POINTS

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"

FONTS = "'DejaVu Sans', Verdana, Arial, sans-serif"
NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))


SETTINGS = {
    "font.family": "DejaVu Sans",
    "font.size": POINTS,
    "axes.titlesize": POINTS,
    "axes.titleweight": "bold",
    "svg.fonttype": "none",  # text stays text: searchable, and read aloud
    "svg.hashsalt": "registry",  # the same figure, the same ids
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_ONE_AT_A_TIME = Lock()  # the settings of matplotlib are those of all threads


@contextmanager
def settings() -> Iterator[None]:
    """Matplotlib as these figures need it, while they are drawn and written."""
    with _ONE_AT_A_TIME, matplotlib.rc_context(SETTINGS):
        yield


def render(figure: Figure, *, name: str, title: str, description: str) -> str:
    """One ``<svg>`` element. Ids start with ``name``, so that several figures can stand in one page."""
    out = io.StringIO()
    with settings():
        figure.savefig(out, format="svg", metadata=NO_METADATA)
    root = ElementTree.fromstring(out.getvalue())  # noqa: S314 - written by matplotlib two lines above
    for parent in root.iter():
        for child in [child for child in parent if child.tag == f"{{{SVG}}}style"]:
            parent.remove(child)
    for element in root.iter():
        _style_as_attributes(element)
        _prefix_ids(element, name)
    # What matplotlib's style sheet said, as inherited attributes.
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    _name_for_screen_readers(root, name=name, title=title, description=description)
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _style_as_attributes(element: ElementTree.Element) -> None:
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if value:
            element.set(name.strip(), FONTS if name.strip() == "font-family" else value.strip())


def _prefix_ids(element: ElementTree.Element, name: str) -> None:
    if "id" in element.attrib:
        element.set("id", f"{name}-{element.attrib['id']}")
    if XLINK_HREF in element.attrib:
        element.set("href", element.attrib.pop(XLINK_HREF).replace("#", f"#{name}-"))
    if "clip-path" in element.attrib:
        element.set("clip-path", element.attrib["clip-path"].replace("#", f"#{name}-"))


def _name_for_screen_readers(root: ElementTree.Element, *, name: str, title: str, description: str) -> None:
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-description")
    for tag, identifier, text in (("desc", "description", description), ("title", "title", title)):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{identifier}"})
        element.text = text
        root.insert(0, element)
