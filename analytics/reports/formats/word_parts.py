"""Parts of a Word document that python-docx has no words for: ruled tables, fields, links, vector figures."""

import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement, oxml_parser
from docx.shared import Length, Mm
from lxml.builder import ElementMaker

from analytics.reports.document import ReportTable, Row

Element = Any
W: Final = ElementMaker(namespace=nsmap["w"], nsmap={"w": nsmap["w"]}, makeelement=oxml_parser.makeelement)
ASVG: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
HEAVY, LIGHT = "10", "4"  # eighths of a point
MARGINS: Final = {"top": 30, "left": 50, "bottom": 30, "right": 50}  # of a cell, in twentieths of a point
INDENT: Final = Mm(3)


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """An element of WordprocessingML; its attributes have the same namespace."""
    return W(tag, {qn(f"w:{name}"): str(value) for name, value in attributes.items()}, *children)


def ruled_table(table: ReportTable, widths: Sequence[Length], *, style: str, is_kept: bool) -> Element:
    """Rules above and under the header and at the end; the header is repeated on each page, no row is split."""
    rows = [_header(table.columns, widths, style)]
    rows += [_row(row, widths, style, is_last=row is table.rows[-1], is_kept=is_kept) for row in table.rows]
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblW", w=sum(map(_twips, widths)), type="dxa"),
            w("tblInd", w=0, type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in MARGINS.items())),
        ),
        w("tblGrid", *(w("gridCol", w=_twips(width)) for width in widths)),
        *rows,
    )


def _header(columns: Iterable[str], widths: Sequence[Length], style: str) -> Element:
    borders = w("tcBorders", w("top", val="single", sz=HEAVY), w("bottom", val="single", sz=LIGHT))
    cells = [
        _cell(column, width, style, borders=deepcopy(borders), is_bold=True, is_kept=True)
        for column, width in zip(columns, widths, strict=True)
    ]
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _row(row: Row, widths: Sequence[Length], style: str, *, is_last: bool, is_kept: bool) -> Element:
    rule = w("tcBorders", w("bottom", val="single", sz=HEAVY)) if is_last else None
    cells = [
        _cell(
            cell,
            width,
            style,
            borders=None if rule is None else deepcopy(rule),
            is_kept=is_kept or is_last,
            indent=0 if place else INDENT * row.level,
        )
        for place, (cell, width) in enumerate(zip(row.cells, widths, strict=True))
    ]
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _cell(
    text: str,
    width: Length,
    style: str,
    *,
    borders: Element | None = None,
    is_bold: bool = False,
    is_kept: bool = False,
    indent: int = 0,
) -> Element:
    properties = [w("pStyle", val=style)]
    properties += [w("keepNext")] if is_kept else []
    properties += [w("ind", left=_twips(indent))] if indent else []
    run = w("r", *([w("rPr", w("b"))] if is_bold else []), w("t", text))
    about = [w("tcW", w=_twips(width), type="dxa"), *([] if borders is None else [borders])]
    return w("tc", w("tcPr", *about), w("p", w("pPr", *properties), run))


def _twips(length: int) -> int:
    return round(length / Mm(25.4) * 1440)


def field(instruction: str, shown: str = "1") -> Element:
    """What Word computes itself, such as the number of the page."""
    return w("fldSimple", w("r", w("t", shown)), instr=instruction)


def contents(titles: Sequence[str], *, style: str) -> list[Element]:
    """A table of contents that leads to each heading; Word adds the page numbers when its user updates it."""
    begin = w("r", w("fldChar", fldCharType="begin")), w("r", w("instrText", 'TOC \\o "1-1" \\h \\z'))
    begin = (*begin, w("r", w("fldChar", fldCharType="separate")))
    lines = [
        w("p", w("pPr", w("pStyle", val=style)), w("hyperlink", w("r", w("t", title)), anchor=bookmark_name(place)))
        for place, title in enumerate(titles)
    ]
    for part in reversed(begin):
        lines[0].insert(1, part)
    lines[-1].append(w("r", w("fldChar", fldCharType="end")))
    return lines


def bookmark(paragraph: Element, place: int) -> None:
    """The place that a line of the contents leads to."""
    paragraph.insert(1, w("bookmarkStart", id=place, name=bookmark_name(place)))
    paragraph.append(w("bookmarkEnd", id=place))


def bookmark_name(place: int) -> str:
    return f"section{place + 1}"


def add_figure(run: Any, png: bytes, svg: str, *, name: str, description: str) -> None:
    """The drawing beside its raster picture, for programs that show no vectors, and both in words."""
    inline = run.add_picture(io.BytesIO(png))._inline
    drawing = Part(PackURI(f"/word/media/{name}.svg"), "image/svg+xml", svg.encode(), run.part.package)
    extension = OxmlElement("a:ext", attrs={"uri": SVG_EXTENSION})
    reference = extension.makeelement(f"{{{ASVG}}}svgBlip", nsmap={"asvg": ASVG})
    reference.set(qn("r:embed"), run.part.relate_to(drawing, RELATIONSHIP_TYPE.IMAGE))
    extension.append(reference)
    extensions = OxmlElement("a:extLst")
    extensions.append(extension)
    inline.graphic.graphicData.pic.blipFill.blip.append(extensions)
    inline.docPr.set("descr", description)
    inline.docPr.set("name", name)
