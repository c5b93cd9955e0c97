"""A report as a Word document: tables in three parts, figures as vectors, its identity at the foot of each page."""

import io
from typing import Any, Final

import docx
from docx.shared import Length, Mm

from analytics.reports.content import File
from analytics.reports.document import ReportFigure, ReportTable, Row
from analytics.reports.formats import word_parts as parts
from analytics.reports.formats.printed import MADE_OF, Printed, as_printed, column_shares
from analytics.reports.formats.word_styles import CELL, CONTENTS, NOTES, TEXT_WIDTH, WARNING, prepare
from analytics.reports.formats.zipped import archive, unpacked
from analytics.reports.provenance import Facts

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_TOGETHER: Final = 30  # rows; a longer table may break over pages
FACTS: Final = (Mm(45), Mm(125))


def write(printed: Printed) -> File:
    document = docx.Document()
    prepare(document, printed)
    document.add_heading(printed.report.title, 0)
    for warning in printed.warnings:
        document.add_paragraph(warning, style=WARNING)
    _add_facts(document, printed.front)
    document.add_paragraph("Contents", style="TOC Heading")
    titles = [*(section.title for section in printed.report.sections), MADE_OF]
    _add(document, *parts.contents(titles, style=_id(document, CONTENTS)))
    for place, section in enumerate(printed.report.sections):
        _add_heading(document, section.title, place)
        for block in section.blocks:
            if isinstance(block, ReportFigure):
                _add_figure(document, block, printed.pictures[block.id])
            else:
                _add_table(document, as_printed(block))
    _add_heading(document, MADE_OF, len(titles) - 1)
    _add_facts(document, printed.made_of)
    out = io.BytesIO()
    document.save(out)
    return File("report.docx", MEDIA_TYPE, archive(unpacked(out.getvalue())))


def _add_heading(document: Any, title: str, place: int) -> None:
    parts.bookmark(document.add_heading(title, 1)._p, place)


def _add_table(document: Any, table: ReportTable) -> None:
    document.add_paragraph(table.title, style="Caption").paragraph_format.keep_with_next = True
    widths = [Length(round(TEXT_WIDTH * share)) for share in column_shares(table)]
    is_kept = len(table.rows) <= LONGEST_TOGETHER
    _add(document, parts.ruled_table(table, widths, style=_id(document, CELL), is_kept=is_kept))
    document.add_paragraph(" ".join(table.footnotes), style=NOTES)


def _add_figure(document: Any, figure: ReportFigure, png: bytes) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    parts.add_figure(paragraph.add_run(), png, figure.svg, name=figure.id, description=figure.description)
    document.add_paragraph(figure.title, style="Caption").paragraph_format.keep_with_next = True
    document.add_paragraph(" ".join(figure.footnotes), style=NOTES)


def _add_facts(document: Any, facts: Facts) -> None:
    rows = tuple(Row((name, value)) for name, value in facts)
    table = ReportTable("facts", "", ("Fact", "Value"), rows, ())
    _add(document, parts.ruled_table(table, FACTS, style=_id(document, CELL), is_kept=True))
    document.add_paragraph(style=NOTES)


def _add(document: Any, *elements: Any) -> None:
    """At the end of the text: the last element of the body is its section."""
    for element in elements:
        document.element.body.sectPr.addprevious(element)


def _id(document: Any, style: str) -> str:
    return str(document.styles[style].style_id)
