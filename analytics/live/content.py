"""What the outcomes page shows, made of the rows of a snapshot: numbers, tables and figures, and whom they count."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.cohort.build import build as build_cohort
from analytics.cohort.data_set import AnalysisDataSet
from analytics.cohort.population import Flow
from analytics.live import at_risk
from analytics.live.headline import headline
from analytics.live.lists import Json, Lists, PatientList
from analytics.plan.groups import GROUPINGS
from analytics.reports import figures, summary_tables
from analytics.reports.composing import flow_table
from analytics.reports.content import Progress, Source
from analytics.reports.document import ReportFigure, ReportTable
from analytics.reports.results_json import results
from analytics.reports.tables import entry_table

Entry = Mapping[str, Any]

# Sections of the page, and the entries of the plan in them.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "sos": ("sos", "sos-by-conditioning", "sos-risk-factors", "sos-model"),
    "factors": ("survival-model", "relapse-factors", "death-in-remission-factors"),
    "centres": ("sos-by-centre",),
}
EVERYBODY = "all"  # in place of a grouping


@dataclass(frozen=True)
class LiveContent:
    """The parts of the page as JSON, and the lists that its numbers open."""

    headline: Json
    sections: Json
    by_group: Json
    lists: Sequence[PatientList]
    enrolled: Sequence[str]
    problems: Sequence[str]


def make(source: Source, progress: Progress) -> LiveContent:
    """Everything on the page; ``progress`` is told each step."""
    progress("deriving the analysis data set")
    cohort = build_cohort(source.forms, data_state=source.data_state, cut_off=source.cut_off)
    progress("computing the plan")
    entries = {entry["id"]: _unnumbered(entry) for entry in results(cohort.data_set)["entries"]}
    lists = Lists(cohort.flow)
    writer = _Writer(entries, cohort.data_set, lists, progress)
    return LiveContent(
        headline=headline(entries, cohort.flow, lists),
        sections=writer.sections(cohort.flow),
        by_group=writer.by_group(),
        lists=lists.found,
        enrolled=cohort.flow.enrolled,
        problems=[f"{entry['title']}: {entry['error']}" for entry in entries.values() if entry["failed"]],
    )


@dataclass(frozen=True)
class _Writer:
    entries: Mapping[str, Entry]
    data: AnalysisDataSet
    lists: Lists
    progress: Progress

    def sections(self, flow: Flow) -> Json:
        """By name: the tables of the paper, and entries with their figures."""
        table_1, table_2, _ = summary_tables.tables(self.entries.values())
        written = {"patients": [self._table(table_1), self._table(table_2)]}
        for name, entries in SECTIONS.items():
            written[name] = [self._entry(self.entries[entry]) for entry in entries]
        written["courses"] = [{"id": "courses", "blocks": list(self._courses())}]
        written["flow"] = [self._table(flow_table(flow))]
        return written

    def by_group(self) -> Json:
        """By grouping, and of all patients: survival, and relapse with death in remission."""
        of_all = {EVERYBODY: ("overall-survival", "cumulative-incidence")}
        of_groups = {each.id: (f"survival-by-{each.id}", f"incidence-by-{each.id}") for each in GROUPINGS}
        return {
            name: [self._entry(self.entries[entry]) for entry in entries]
            for name, entries in (of_all | of_groups).items()
        }

    def _table(self, table: ReportTable) -> Json:
        return {"id": table.id, "blocks": [self.lists.table(table)]}

    def _entry(self, entry: Entry) -> Json:
        return {"id": entry["id"], "blocks": list(self._blocks(entry))}

    def _blocks(self, entry: Entry) -> Iterator[Json]:
        """A figure says most of it: the table of a forest or funnel is folded, and so is who is at risk on a curve."""
        table, said = entry_table(entry), ()
        if figures.is_drawn(entry):
            figure = self._figure_of(entry)
            yield self.lists.figure(figure)
            said = figure.footnotes
            table = replace(table, title=f"{table.title}: the numbers")
        notes = tuple(note for note in table.footnotes if note not in said)
        is_folded = entry["drawn_as"] in ("forest", "funnel") and not entry["error"]
        yield self.lists.table(replace(table, footnotes=notes)) | {"is_folded": is_folded}
        if entry["kind"] == "curve" and not entry["error"]:
            yield self.lists.table(at_risk.table(entry, self.data)) | {"is_folded": True}

    def _courses(self) -> Iterator[Json]:
        """A row a patient: the table would repeat the figure."""
        entry = self.entries["courses"]
        if figures.is_drawn(entry):
            yield self.lists.figure(self._figure_of(entry))
        else:
            yield self.lists.table(entry_table(entry))

    def _figure_of(self, entry: Entry) -> ReportFigure:
        """The words on its marks stand beneath it, not in its title."""
        self.progress(f"drawing: {entry['title']}")
        figure = figures.block(entry)
        marks = figure.title.removeprefix(f"{entry['title']}; ")
        return replace(figure, title=entry["title"], footnotes=(f"{marks[0].upper()}{marks[1:]}.", *figure.footnotes))


def _unnumbered(value: Any) -> Any:
    """Without the ids of published figures: the registry as it is now is not the cohort of the paper."""
    match value:
        case Mapping():
            return {key: "" if key == "figure" else _unnumbered(each) for key, each in value.items()}
        case list():
            return [_unnumbered(each) for each in value]
    return value
