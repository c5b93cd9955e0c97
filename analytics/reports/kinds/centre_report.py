"""The report of one centre: its numbers beside those of all centres, both from the same snapshot.

Its reader sees the own patients and no others: what is told of all centres goes through disclosure control.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_noop

from analytics.cohort.build import Cohort
from analytics.cohort.build import build as build_cohort
from analytics.reports import beside, composing, figures, r_bundle
from analytics.reports.content import Content, Progress, Source
from analytics.reports.disclosure import masked, without_p_values_of_few_events
from analytics.reports.disclosure.centres import of_all_centres, with_centres
from analytics.reports.document import Report, ReportFigure, ReportSection, ReportTable
from analytics.reports.results_json import results as compute

TITLE = "Centre report"
FUNNEL: Final = "sos-by-centre"
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Patients and treatment": ("patients", "response", "transplant"),
    "Follow-up": ("follow-up", "completeness"),
    "Survival": ("overall-survival",),
    "Relapse and death in remission": ("cumulative-incidence",),
    "SOS/VOD": ("sos",),
}
ENTRIES: Final = tuple(id for ids in PARTS.values() for id in ids)

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Both:
    """The entries of the own centre and of all centres, these as the own centre may see them."""

    label: str
    own: Mapping[str, Entry]
    every: Mapping[str, Entry]

    @cached_property
    def curves(self) -> Mapping[str, Entry]:
        """Those of both in one figure; without a step there is none."""
        both = {
            id: beside.curve(self.own[id], every, self.label)
            for id, every in self.every.items()
            if every["kind"] == "curve" and not every["error"]
        }
        return {id: curve for id, curve in both.items() if curve["value"]["lines"]}


def make(source: Source, progress: Progress) -> Content:
    """The report of the centre of the source; `progress` is told each step."""
    assert source.centre is not None
    progress(gettext_noop("deriving the analysis data sets"))
    everybody, own = _cohort(source, source.forms), _cohort(source, _forms_of(source.centre, source.forms))
    progress(gettext_noop("computing the plan"))
    of_own = compute(own.data_set, ENTRIES)
    of_all = compute(everybody.data_set, (*ENTRIES, FUNNEL))
    progress(gettext_noop("leaving out what the numbers would tell of few patients"))
    both = Both(
        f"Centre {source.centre:02d}",
        {entry["id"]: entry for entry in without_p_values_of_few_events(of_own["entries"])},
        {entry["id"]: entry for entry in _seen(of_all["entries"], everybody, source.centre)},
    )
    named = [*_named(both.own, "own", both.label), *_named(both.every, "all", beside.ALL)]
    found = {**of_own, "published": {}, "entries": [*named, *both.curves.values()]}
    progress(gettext_noop("drawing figures and tables"))
    report = build(found, both, own)
    return Content(found, report, tuple(r_bundle.files(of_own["entries"], own.data_set.text, ENTRIES)))


def _cohort(source: Source, forms: Mapping[str, Sequence[Mapping[str, Any]]]) -> Cohort:
    return build_cohort(forms, data_state=source.data_state, cut_off=source.cut_off)


def _forms_of(centre: int, forms: Mapping[str, Sequence[Mapping[str, Any]]]) -> Mapping[str, list[Mapping[str, Any]]]:
    numbers = {row["patient_id"] for row in forms["patient"] if row["centre_no"] == centre}
    return {form: [row for row in rows if row.get("patient_id") in numbers] for form, rows in forms.items()}


def _seen(entries: Sequence[Entry], everybody: Cohort, centre: int) -> list[Entry]:
    """What a reader of the centre may see of all centres."""
    data, threshold = everybody.data_set, settings.SMALL_CELL
    funnel = next(entry for entry in entries if entry["id"] == FUNNEL)
    kept = [of_all_centres(entry) if entry is funnel and not entry["error"] else entry for entry in entries]
    seen: list[Entry] = masked(kept, data, data.numbers("centre_no") == centre, threshold=threshold)
    if not funnel["error"]:
        seen[-1] = with_centres(seen[-1], funnel, f"Centre {centre:02d}", threshold)
    return list(without_p_values_of_few_events(seen))


def _named(entries: Mapping[str, Entry], prefix: str, whose: str) -> Iterable[Entry]:
    for id, entry in entries.items():
        yield {**entry, "id": f"{prefix}-{id}", "title": f"{entry['title']}: {whose[0].lower()}{whose[1:]}"}


def build(results: Mapping[str, Any], both: Both, own: Cohort) -> Report:
    """Tables and figures of both, and the centres beside each other."""
    sections = (
        ReportSection(title, tuple(block for id in ids for block in _blocks(id, both))) for title, ids in PARTS.items()
    )
    return Report(
        f"{TITLE}: {both.label[0].lower()}{both.label[1:]}",
        composing.facts(results),
        (composing.flow_section(own.flow), *sections, _centres(both)),
    )


def _blocks(id: str, both: Both) -> Iterable[ReportTable | ReportFigure]:
    if id in both.curves:
        yield figures.block(both.curves[id])
    yield beside.table(both.own[id], both.every[id], both.label)


def _centres(both: Both) -> ReportSection:
    (funnel,) = _named({FUNNEL: both.every[FUNNEL]}, "all", beside.ALL)
    is_hidden = bool(funnel["error"]) or funnel["value"]["rows"][-1]["value"] is None
    blocks = list(composing.blocks({**funnel, "drawn_as": ""} if is_hidden else funnel))
    return ReportSection("Centres", tuple(blocks))
