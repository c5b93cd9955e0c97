"""The paper, recomputed: every published figure beside what the registry computes, with its verdict."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analytics.reports import display
from analytics.reports.document import Report, ReportSection, ReportTable, Row
from analytics.reports.markdown import as_markdown
from analytics.reports.paper.facts import contradictions
from analytics.reports.paper.recomputed import Entries, NotComputed, Number, row
from analytics.reports.paper.verdicts import Verdict, verdicts

TITLE = "The paper, recomputed"
MEANINGS = {
    "agrees": "every printed number comes out at the printed precision",
    "print error": "the paper contradicts itself, and the recomputed number is on the other side",
    "other population": "the number comes out in other patients than those whom the paper names",
    "no number printed": "the paper announces or draws, without a number to compare",
    "not computable": "the data set lacks what the figure needs",
    "differs": "the data of this registry give another number",
}
INTRODUCTION = """\
Made by the standing plan; nothing in it is typed but what the paper prints. Each of the 92 figures of Kayser and
others, Haematologica 2024, doi 10.3324/haematol.2023.284310, stands beside the number that the registry computes for
it. A verdict comes from comparing the two at the printed precision, on the patients whom the paper names first. Where
the number does not come out, the other printed numbers are asked whether they contradict the printed one, and then
whether another population gives it. The last column names the contradictions below that concern the figure."""
SOURCE = "Kayser and others, Haematologica 2024, doi 10.3324/haematol.2023.284310"
LEVEL = 0.05
ONE_MORE = "Double alkylators, all patients, one more without SOS/VOD counted with double alkylators"
SHORT = "Last INO dose to HCT 60 days or less"
# Factor, reading, the row with the odds ratio, and that with the exact test of the same patients.
SIDE_BY_SIDE = (
    (
        "Double alkylators (X03)",
        "16 patients, as analysed in the paper",
        ("sos-readings", "Double alkylators, all patients"),
        "Double alkylators, all patients: exact",
    ),
    ("Double alkylators (X03)", "17 patients, as printed before", ("sos-readings", ONE_MORE), f"{ONE_MORE}: exact"),
    (
        "HCT within 60 days of INO (X05)",
        "patients in CR or CRi before HCT, as analysed in the paper",
        ("sos-risk-factors", SHORT),
        f"{SHORT}, patients in CR or CRi before HCT: exact",
    ),
    (
        "HCT within 60 days of INO (X05)",
        "all patients",
        ("sos-readings", f"{SHORT}, all patients, whatever the response"),
        f"{SHORT}, all patients, whatever the response: exact",
    ),
)


def build(entries: Iterable[Mapping[str, Any]]) -> Report:
    """The document from the entries of ``results.json``; nothing in it is typed but what the paper prints."""
    by_id: Entries = {str(entry["id"]): entry for entry in entries}
    found = verdicts(by_id)
    sections = (
        ReportSection("Verdicts", (_summary(found),)),
        ReportSection("The published figures", (_figures(found),)),
        ReportSection("Readings that change a conclusion", (_readings(by_id),)),
        ReportSection("Where the paper contradicts itself", (_contradictions(found),)),
    )
    return Report(TITLE, (("Published", SOURCE), ("Figures", str(len(found)))), sections)


def as_text(entries: Iterable[Mapping[str, Any]]) -> str:
    """The document as Markdown."""
    return as_markdown(build(entries), introduction=INTRODUCTION)


def _summary(found: Sequence[Verdict]) -> ReportTable:
    """How many of each, and which; all that agree need no list."""
    rows = []
    for kind, meaning in MEANINGS.items():
        ids = [verdict.figure.id for verdict in found if verdict.kind == kind]
        if ids:
            rows.append(Row((kind, str(len(ids)), meaning, "" if kind == "agrees" else ", ".join(ids))))
    return _table("verdicts", "Figures by verdict", ("Verdict", "Figures", "Meaning", "Which"), rows)


def _figures(found: Sequence[Verdict]) -> ReportTable:
    columns = ("Id", "Where", "What", "Published", "Published n", "Recomputed", "n", "Verdict", "Why", "See")
    rows = [
        Row(
            (
                verdict.figure.id,
                verdict.figure.where,
                verdict.figure.what,
                verdict.figure.printed,
                verdict.figure.n,
                verdict.recomputed,
                "" if verdict.n is None else str(verdict.n),
                verdict.kind,
                verdict.why,
                " ".join(verdict.figure.contradictions),
            )
        )
        for verdict in found
    ]
    return _table("figures", "Published and recomputed", columns, rows)


def _readings(entries: Entries) -> ReportTable:
    columns = (
        "Factor of SOS/VOD",
        "Reading",
        "n",
        "Events",
        "Odds ratio",
        "95% CI",
        "P, Wald",
        "P, exact",
        "Conclusion",
    )
    return _table("readings", "Odds ratios of SOS/VOD by reading", columns, list(_reading_rows(entries)))


def _reading_rows(entries: Entries) -> Iterator[Row]:
    for factor, reading, wald, exact in SIDE_BY_SIDE:
        try:
            found, tested = row(*wald, entries), row("sos-readings", exact, entries)
        except NotComputed as reason:
            yield Row((factor, reading, *[""] * 6, str(reason)))
            continue
        yield Row((factor, reading, *_cells(found), _exact(tested), _conclusion(found)))


def _cells(number: Number) -> tuple[str, ...]:
    if number["value"] is None:
        return (str(number["n"]), "", str(number["error"]), "", "")
    events = ", ".join(f"{group['label']} {group['events']}/{group['n']}" for group in number["groups"])
    p = "" if number["p"] is None else display.p_value(number["p"])
    return (str(number["n"]), events, display.amount(number["value"], "odds ratio"), display.interval_of(number), p)


def _exact(number: Number) -> str:
    return str(number["error"]) if number["p"] is None else display.p_value(number["p"])


def _conclusion(number: Number) -> str:
    """At the level of the paper, from the unrounded P value."""
    if number["p"] is None:
        return ""
    if number["p"] < LEVEL:
        return "significant at 5%"
    return "a trend (P below 10%)" if number["p"] < 2 * LEVEL else "not significant"


def _contradictions(found: Sequence[Verdict]) -> ReportTable:
    concerned = {
        contradiction.id: ", ".join(
            f"{verdict.figure.id} {verdict.kind}"
            for verdict in found
            if contradiction.id in verdict.figure.contradictions
        )
        for contradiction in contradictions()
    }
    rows = [
        Row((each.id, each.finding, each.computation, each.what_the_registry_does, concerned[each.id]))
        for each in contradictions()
    ]
    columns = ("Id", "Finding", "Computation", "What the registry does", "Figures")
    return _table("contradictions", "Contradictions of the paper", columns, rows)


def _table(id: str, title: str, columns: tuple[str, ...], rows: Sequence[Row]) -> ReportTable:
    return ReportTable(id=id, title=title, columns=columns, rows=tuple(rows), footnotes=())
