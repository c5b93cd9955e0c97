"""An entry of one centre beside the same entry of all centres: tables of two columns, curves in one figure."""

from collections.abc import Iterator, Mapping
from typing import Any

from analytics.reports import display
from analytics.reports.document import ReportTable, Row
from analytics.reports.numbers import numbers
from analytics.reports.tables import footnotes
from analytics.reports.text import Text

Entry = Mapping[str, Any]
Number = Mapping[str, Any]

ALL = "All centres"
DENOMINATOR = "n"
STATED = ("Clock", "Event", "Method", "Note")
READ_AS = (
    "n: patients of the denominator, or events/patients. All centres: few patients of other centres, and what they "
    'could be worked out of, are not told ("<5", "not shown"), nor the smallest and the largest value.'
)


def table(own: Entry, every: Entry, centre: str) -> ReportTable:
    """The numbers of both, a row a number, with their denominators."""
    stated = footnotes(every)
    return ReportTable(
        id=own["id"],
        title=every["title"],
        columns=("", centre, DENOMINATOR, ALL, DENOMINATOR),
        rows=tuple(_rows(own, every)),
        footnotes=(*(Text(f"{name}: ", stated[name]) for name in STATED if name in stated), READ_AS),
    )


def _rows(own: Entry, every: Entry) -> Iterator[Row]:
    if every["error"]:
        yield Row((every["title"], own["error"] or "", "", every["error"], ""))
        return
    of_own = {} if own["error"] else {number["label"]: number for number in numbers(own)}
    for number in numbers(every):
        mine = of_own.get(number["label"])
        reason = ("", "") if mine else (own["error"] or display.NOTHING, "")
        if not number["parts"]:
            yield Row((number["label"], *(_cells(mine) if mine else reason), *_cells(number)))
            continue
        yield Row((number["label"], *(("", _of(mine)) if mine else reason), "", _of(number)))
        for place, part in enumerate(number["parts"]):
            share = display.share(mine["value"][place], mine["n"]) if mine else ""
            yield Row((part, share, "", display.share(number["value"][place], number["n"]), ""), level=1)


def _cells(number: Number) -> tuple[str, str]:
    if number["unit"] == "patients":
        return display.share(number["value"], number["n"]), _of(number)
    limits = display.interval_of(number)
    return display.value_of(number) + (f" ({limits})" if limits else ""), _of(number)


def _of(number: Number) -> str:
    """The denominator; of a number that counts events, these too."""
    if number["events"] is None:
        return Text(number["n"])
    return display.frequency(number)


def curve(own: Entry, every: Entry, centre: str) -> Entry:
    """One entry with the curves of both. A curve without a step is not drawn."""
    curves = [(label, entry["value"]) for label, entry in ((centre, own), (ALL, every)) if not entry["error"]]
    lines = [
        {**line, "label": label, "panel": _panel(line["label"], found)}
        for label, found in curves
        for line in found["lines"]
        if line["time"]
    ]
    landmarks = [
        {**number, "label": f"{number['label']}, {label}"} for label, found in curves for number in found["landmarks"]
    ]
    value = {**every["value"], "groups": "Centre", "landmarks": landmarks}
    value["lines"] = sorted(lines, key=lambda line: str(line["panel"]), reverse=True)
    title = f"{every['title']}: {centre[0].lower()}{centre[1:]} and all centres"
    return {**every, "id": f"{own['id']}-of-both", "title": title, "value": value}


def _panel(label: str, found: Mapping[str, Any]) -> str:
    """Of competing events each has its own."""
    return "" if len(found["lines"]) == 1 and found["quantity"] == "Overall survival" else label[0].upper() + label[1:]
