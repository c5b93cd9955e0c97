"""Entries of the plan as tables: one row a number, columns only where a row has something to say."""

from collections.abc import Mapping
from typing import Any

from analytics.reports import display
from analytics.reports.document import ReportTable, Row
from analytics.reports.numbers import numbers
from analytics.reports.text import Text, joined

Number = Mapping[str, Any]
Entry = Mapping[str, Any]

INTERVAL = "Interval"
INTERVALS = {
    "95% confidence interval": "95% CI",
    "range": "Range",
    "95% control limits": "95% limits of chance",
}
COLUMNS = ("", "Value", INTERVAL, "P", "Events", "Denominator", "Missing", "Population", "Paper")
EXACT = ("value", "lower", "upper", "p", "events", "n")
ENOUGH_EVENTS = 10  # per variable of a model
ALWAYS = ("", "Value", "Denominator")


def entry_table(entry: Entry) -> ReportTable:
    """One entry; without a result the table has one row with the reason."""
    if entry["error"]:
        rows = [Row((entry["title"], entry["error"], *[""] * (len(COLUMNS) - 2)))]
    else:
        rows = [row for number in numbers(entry) for row in _rows(number, entry)]
    used = [
        position
        for position, column in enumerate(COLUMNS)
        if column in ALWAYS or any(row.cells[position] for row in rows)
    ]
    return ReportTable(
        id=entry["id"],
        title=entry["title"],
        columns=tuple(_heading(COLUMNS[position], entry) for position in used),
        rows=tuple(Row(tuple(row.cells[position] for position in used), row.level) for row in rows),
        footnotes=tuple(Text(f"{name}: ", text) for name, text in footnotes(entry).items()),
    )


def _heading(column: str, entry: Entry) -> str:
    """The column of intervals says which it holds."""
    if column != INTERVAL:
        return column
    held = {number["interval"] for number in numbers(entry)}
    return " or ".join(name for interval, name in INTERVALS.items() if interval in held)


def _rows(number: Number, entry: Entry) -> list[Row]:
    if not _has_rows_of_parts(number):
        return [Row(_cells(number, entry, value=display.value_of(number)))]
    parts = [
        Row(_part(label, display.share(count, number["n"])), level=1)
        for label, count in zip(number["parts"], number["value"], strict=True)
    ]
    return [Row(_cells(number, entry, value="")), *parts]


def _has_rows_of_parts(number: Number) -> bool:
    return bool(number["parts"]) and number["unit"] == "patients"


def exact(table: ReportTable, entry: Entry) -> list[tuple[Any, ...]]:
    """What the rows of the table of an entry print rounded: of each the columns ``EXACT``.

    Empty where the rows are not those of ``entry_table``.
    """
    found = [row for number in (() if entry["error"] else numbers(entry)) for row in _exact(number)]
    is_of_entry = [label for label, *_ in found] == [row.cells[0] for row in table.rows]
    return [tuple(values) for _, *values in found] if is_of_entry else []


def _exact(number: Number) -> list[tuple[Any, ...]]:
    if _has_rows_of_parts(number):
        nothing = (None,) * (len(EXACT) - 2)
        parts = zip(number["parts"], number["value"], strict=True)
        of_parts = [(label, count, *nothing, number["n"]) for label, count in parts]
        return [(number["label"], None, *nothing, number["n"]), *of_parts]
    value = None if number["parts"] else number["value"]
    return [(number["label"], value, *(number[name] for name in EXACT[1:]))]


def _part(label: str, value: str) -> tuple[str, ...]:
    return (label, value, *[""] * (len(COLUMNS) - 2))


def _cells(number: Number, entry: Entry, *, value: str) -> tuple[str, ...]:
    return (
        number["label"],
        value,
        display.interval_of(number),
        number["remark"] if number["p"] is None else display.p_value(number["p"]),
        _events(number),
        Text(number["n"]),
        Text(number["missing"] or ""),
        "" if number["population"] == entry["population"] else number["population"],
        number["figure"],
    )


def _events(number: Number) -> str:
    """Events of both groups where a number compares them, else of all."""
    if number["groups"]:
        return joined(", ", map(_of_group, number["groups"]))
    return "" if number["events"] is None else display.frequency(number)


def _of_group(group: Mapping[str, Any]) -> str:
    expected = "" if group["expected"] is None else f" (expected {display.fixed(group['expected'], 1)})"
    return Text(f"{group['label']} ", display.frequency(group), expected)


def footnotes(entry: Entry) -> dict[str, str]:
    """Population, clock, event, method, who is left out, and remarks, by name."""
    stated = {
        "Population": entry["population"]
        if entry["n"] is None
        else Text(f"{entry['population']} (n = ", entry["n"], ")"),
        "Left out": joined("; ", (Text(count, f" {reason}") for reason, count in entry["n_excluded"].items())),
        "Clock": entry["clock"],
        "Event": entry["event"],
        "Method": entry["method"],
        "Events per variable": _events_per_variable(entry),
        "Dropped by the elimination": _dropped(entry),
        "Software": entry["software"],
        "Note": entry["note"],
    }
    return {name: text if text.endswith(".") else Text(text, ".") for name, text in stated.items() if text}


def _events_per_variable(entry: Entry) -> str:
    """Of a model; fewer than ten are said to be few (Peduzzi 1996)."""
    if entry["error"] or entry["kind"] != "model":
        return ""
    per_variable = entry["value"]["events_per_variable"]
    warning = f", fewer than {ENOUGH_EVENTS}: estimates are unstable" if per_variable < ENOUGH_EVENTS else ""
    return Text(f"{display.fixed(per_variable, 1)} (", entry["value"]["events"], f" events){warning}")


def _dropped(entry: Entry) -> str:
    if entry["error"] or entry["kind"] != "model":
        return ""
    return "; ".join(f"{step['label']} (P = {display.p_value(step['p'])})" for step in entry["value"]["dropped"])
