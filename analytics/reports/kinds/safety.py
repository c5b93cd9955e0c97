"""Safety: SOS/VOD after HCT, who had it, what makes it likely, and who died in remission."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext_noop

from analytics.cohort.build import build as build_cohort
from analytics.cohort.population import Flow
from analytics.reports import composing, r_bundle, summary_tables
from analytics.reports.content import Content, Progress, Source
from analytics.reports.document import Report, ReportFigure, ReportSection, ReportTable
from analytics.reports.results_json import results as compute

TITLE = "Safety: SOS/VOD"
BY_NUMBER = "sos-patients-by-number"
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Frequency, grade, fatality and timing": ("sos", "sos-cycles-and-onset"),
    "Patients with SOS/VOD": (BY_NUMBER,),
    "Deaths in remission": ("outcome", "cause-of-death", "deaths-in-remission-by-number"),
    "Risk groups": (
        "sos-by-conditioning",
        "sos-by-conditioning-and-alkylators",
        "sos-by-group",
        "sos-tests",
        "sos-characteristics",
        "sos-readings",
    ),
    "Models": ("sos-risk-factors", "sos-three-tests", "sos-model", "sos-model-firth"),
    "Centres": ("sos-by-centre",),
}
ENTRIES: Final = tuple(id for ids in PARTS.values() for id in ids)


def make(source: Source, progress: Progress) -> Content:
    """The safety report of a snapshot's rows; `progress` is told each step."""
    progress(gettext_noop("deriving the analysis data set"))
    cohort = build_cohort(source.forms, data_state=source.data_state, cut_off=source.cut_off)
    progress(gettext_noop("computing the plan"))
    found = compute(cohort.data_set, ENTRIES)
    progress(gettext_noop("drawing figures and tables"))
    report = build(found, cohort.flow)
    return Content(found, report, tuple(r_bundle.files(found["entries"], cohort.data_set.text, ENTRIES)))


def build(results: Mapping[str, Any], flow: Flow) -> Report:
    """The report of the content of ``results.json``."""
    entries = {entry["id"]: entry for entry in results["entries"]}
    sections = (
        ReportSection(title, tuple(block for id in ids for block in _blocks(entries[id])))
        for title, ids in PARTS.items()
    )
    return Report(TITLE, composing.facts(results), (composing.flow_section(flow), *sections))


def _blocks(entry: Mapping[str, Any]) -> Iterator[ReportTable | ReportFigure]:
    """The listing has a column an item; everything else is printed as in the full analysis."""
    return iter([summary_tables.listing(entry)]) if entry["id"] == BY_NUMBER else composing.blocks(entry)
