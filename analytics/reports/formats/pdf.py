"""A report as PDF: tagged and for the archive, with contents, its identity at the foot of every page."""

from typing import Any

from analytics.reports.content import File
from analytics.reports.document import ReportFigure, ReportTable
from analytics.reports.formats.printed import MADE_OF, Printed, as_printed, column_shares
from registry.transfer.paper.pdf import render

TEXTS = {"page": "Page", "contents": "Contents", "made_of": MADE_OF}


def write(printed: Printed) -> File:
    data = {
        "title": printed.report.title,
        "language": "en",
        "texts": TEXTS,
        "footer": printed.footer,
        "front": printed.front,
        "warnings": printed.warnings,
        "made_of": printed.made_of,
        "sections": [
            {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in printed.report.sections
        ],
    }
    return File("report.pdf", "application/pdf", render("report", data, at=printed.at))


def _block(block: ReportTable | ReportFigure) -> dict[str, Any]:
    if isinstance(block, ReportFigure):
        return _titled(block) | {"svg": block.svg, "description": block.description}
    table = as_printed(block)
    return _titled(table) | {
        "columns": table.columns,
        "shares": column_shares(table),
        "rows": [{"cells": row.cells, "level": row.level} for row in table.rows],
    }


def _titled(block: ReportTable | ReportFigure) -> dict[str, Any]:
    return {"title": block.title, "notes": " ".join(block.footnotes)}
