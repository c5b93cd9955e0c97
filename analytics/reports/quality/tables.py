"""The entries of data quality as tables: centres beside each other, what is not complete below each other."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from django.utils.translation import override

from analytics.reports import display
from analytics.reports.document import ReportSection, ReportTable, Row
from analytics.reports.numbers import numbers
from analytics.reports.quality.entries import ALL
from registry.crf import codebook

Entry = Mapping[str, Any]
Number = Mapping[str, Any]

EVERYBODY: Final = "All"


def sections(entries: Sequence[Entry]) -> Iterator[ReportSection]:
    """Forms, follow-up, queries, items."""
    by_id = {entry["id"]: entry for entry in entries}
    yield ReportSection("Forms", tuple(_matrix(by_id[id], _form) for id in ("forms", "overdue")))
    yield ReportSection("Follow-up", (_follow_up(by_id["follow-up"], by_id["overdue"]),))
    yield ReportSection("Queries", (_queries(by_id, "centre"), _queries(by_id, "check")))
    items = [entry for entry in entries if entry["section"] == "Items"]
    yield ReportSection("Items", (_matrix(_gaps(items), _item),))


def _matrix(entry: Entry, name_of: Any) -> ReportTable:
    """A row a name, a column a centre."""
    found = numbers(entry)
    centres = [ALL, *sorted({number["population"] for number in found} - {ALL})]
    by_place = {(_name(number), number["population"]): number for number in found}
    rows = [
        Row((name_of(name), *(_share(by_place.get((name, whose))) for whose in centres)))
        for name in dict.fromkeys(map(_name, found))
    ]
    return ReportTable(
        id=entry["id"],
        title=entry["title"],
        columns=("", *(EVERYBODY if whose == ALL else whose.removeprefix("centre ") for whose in centres)),
        rows=tuple(rows) or (Row(("none", *[""] * len(centres))),),
        footnotes=(f"Columns are centres. {entry['method'][0].upper()}{entry['method'][1:]}.",),
    )


def _name(number: Number) -> str:
    return str(number["label"]).removesuffix(number["population"]).removesuffix(": ")


def _share(number: Number | None) -> str:
    """12/14; of an item that is known everywhere nothing."""
    if number is None:
        return ""
    known = number["value"][0] if number["parts"] else number["value"]
    return f"{known}/{number['n']}"


def _gaps(items: Sequence[Entry]) -> Entry:
    """All items that some record lacks, as one entry."""
    rows = [number for entry in items for number in numbers(entry)]
    lacking = {_name(number) for number in rows if number["population"] == ALL and number["value"][0] < number["n"]}
    everywhere = len({_name(number) for number in rows} - lacking)
    found = items[0] if items else {}
    return {
        **found,
        "id": "items",
        "title": "Items whose value is not known everywhere",
        "kind": "table",
        "method": "records with a known value, of those in which the item is asked for; without are a stated reason "
        f"and no answer. {everywhere} further items are known in every record",
        "value": {"rows": [number for number in rows if _name(number) in lacking]},
    }


def _follow_up(completeness: Entry, overdue: Entry) -> ReportTable:
    late = {number["label"].removeprefix("follow_up: "): number["value"] for number in numbers(overdue)}
    rows = [
        Row(
            (
                number["label"],
                display.value_of(number),
                str(number["n"]),
                str(late.get(number["label"], 0)),
            )
        )
        for number in numbers(completeness)
    ]
    return ReportTable(
        id="follow-up",
        title="Completeness of follow-up",
        columns=("", "Clark's C", "Patients", "Follow-up overdue"),
        rows=tuple(rows),
        footnotes=(f"{completeness['method']}.", "Overdue: visits that should have been entered by now."),
    )


def _queries(by_id: Mapping[str, Entry], by: str) -> ReportTable:
    ages = {number["label"]: number for number in numbers(by_id[f"query-age-by-{by}"])}
    stood = {number["label"]: number for number in numbers(by_id["overrides"])} if by == "check" else {}
    rows = []
    for number in numbers(by_id[f"queries-by-{by}"]):
        if by == "check" and number["population"] != ALL:
            continue
        age, override_rate = ages.get(number["label"]), stood.get(number["label"])
        cells = (*map(str, number["value"]), display.measured(age["value"]) if age else "")
        more = (display.share(override_rate["value"], override_rate["n"]) if override_rate else "",)
        rows.append(Row((_name(number) or number["population"], *cells, *(more if by == "check" else ()))))
    columns = ("", "Open", "Answered", "Closed", "Median days open")
    nothing = Row(("no query was raised", *[""] * (len(columns) - (0 if by == "check" else 1))))
    return ReportTable(
        id=f"queries-by-{by}",
        title=f"Queries by {by}",
        columns=(*columns, "Value stood") if by == "check" else columns,
        rows=tuple(rows) or (nothing,),
        footnotes=("Open: open or reopened, on the day of the snapshot.",)
        + (("Value stood: confirmed or unavailable, of the queries that were settled.",) if by == "check" else ()),
    )


@cache
def _titles() -> Mapping[str, str]:
    """Of forms and items, in English whoever reads."""
    with override(None):
        rows = codebook.rows()
    return {row["form"]: row["form_title"] for row in rows} | {row["item"]: row["label"] for row in rows}


def _form(name: str) -> str:
    return _titles().get(name, name)


def _item(name: str) -> str:
    return f"{name} {_titles().get(name, '')}"
