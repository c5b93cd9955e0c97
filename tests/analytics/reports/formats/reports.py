"""A small report with everything that a format must print, and what identifies a report."""

import datetime as dt
from types import SimpleNamespace

from analytics.reports import provenance
from analytics.reports.content import Content, text_file
from analytics.reports.document import Report, ReportFigure, ReportSection, ReportTable, Row
from analytics.reports.provenance import Facts

SNAPSHOT, CODE, SEAL = "ab12" * 16, "cd34" * 16, "17:" + "9a8b" * 16
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 36" width="72pt" height="36pt" role="img">'
    '<text x="4" y="20" font-size="8px" font-family="DejaVu Sans">in the figure</text></svg>'
)
FIGURE = ReportFigure("curve-figure", "curve", "A curve; marks", SVG, "58 patients. 36 deaths.", ("Clock: HCT.",))
TABLE = ReportTable(
    "sizes",
    "Sizes of groups",
    ("", "Value", "Denominator"),
    (Row(("=1+1 #strong[men] <b> & {{", "", "58")), Row(("of them @old", "20 (34%)", ""), 1)),
    ("Population: all patients (n = 58).", "Method: counted."),
)
LONG = ReportTable("long", "Every patient", ("Patient", "Repeated"), tuple(Row((f"P{n}", "x")) for n in range(150)), ())


def small(*, results: dict[str, object] | None = None) -> Content:
    sections = (ReportSection("Survival / deaths: [all]", (FIGURE, TABLE)), ReportSection("Listing", (LONG,)))
    bundle = (text_file("analysis.csv", "text/csv", "patient_id\n"),)
    return Content(results or {"entries": []}, Report("Small report", (("Patients", "58"),), sections), bundle)


def facts() -> Facts:
    snapshot = SimpleNamespace(
        taken_at=dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC),
        data_cut_off=dt.date(2023, 6, 30),
        public_id="8d6f2c1e-7a52-4a86-9d0a-6a3a1a2b3c4d",
        n_patients=58,
        sha256=SNAPSHOT,
    )
    return provenance.facts(
        report_id="3f0c2a1e-7a52-4a86-9d0a-6a3a1a2b3c4d",
        snapshot=snapshot,
        data_state="complete",
        results_sha256="ef56" * 16,
        code_version=CODE,
        audit_seal=SEAL,
        asked_by="coordinator",
    )
