"""Page, letters, header and footer of a Word document."""

from datetime import UTC
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from analytics.reports.formats import word_parts as parts
from analytics.reports.formats.printed import Printed

FONT: Final = "Arial"
ACCENT, BLACK, QUIET = RGBColor(0x1B, 0x4F, 0x72), RGBColor(0, 0, 0), RGBColor(0x4D, 0x56, 0x60)
PAGE, MARGIN = (Mm(210), Mm(297)), Mm(20)  # A4
TEXT_WIDTH: Final = Length(PAGE[0] - 2 * MARGIN)
CELL, NOTES, CONTENTS, WARNING = "Table text", "Table notes", "Contents", "Warning"
# Size in points, colour, and room above and below in points.
STYLES: Final = {
    "Normal": (9.5, BLACK, 0, 4),
    "Title": (20, ACCENT, 0, 6),
    "Heading 1": (14, ACCENT, 16, 6),
    "Caption": (9, BLACK, 0, 3),
    "Header": (8, QUIET, 0, 0),
    "Footer": (7, QUIET, 0, 0),
    CELL: (8, BLACK, 0, 0),
    NOTES: (7.5, QUIET, 2, 14),
    "TOC Heading": (14, ACCENT, 0, 6),
    CONTENTS: (9.5, BLACK, 0, 2),
    WARNING: (9.5, BLACK, 0, 6),
}


def prepare(document: Any, printed: Printed) -> None:
    for name, (size, colour, above, below) in STYLES.items():
        style = _style(document, name, size=size, colour=colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        style.paragraph_format.line_spacing = 1
    for name in ("Title", "Heading 1", "TOC Heading", "Caption", WARNING):
        document.styles[name].font.bold = True
    _prepare_page(document.sections[0], printed)
    about = document.core_properties
    about.title, about.author, about.language = printed.report.title, "INO registry", "en-GB"
    about.created = about.modified = printed.at.astimezone(UTC).replace(tzinfo=None)
    about.last_modified_by, about.comments = "INO registry", printed.footer
    _set_language(document, "en-GB")


def _style(document: Any, name: str, *, size: float, colour: RGBColor) -> Any:
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.color.rgb = Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # a font of the theme would win
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    return style


def _prepare_page(section: Any, printed: Printed) -> None:
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header.paragraphs[0].text = f"INO registry · {printed.report.title}"
    footer = section.footer.paragraphs[0]
    footer.text = f"{printed.footer} · page "
    footer._p.append(parts.field("PAGE"))
    footer.add_run(" of ")
    footer._p.append(parts.field("NUMPAGES"))


def _set_language(document: Any, language: str) -> None:
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.find(qn("w:lang")).set(qn("w:val"), language)
