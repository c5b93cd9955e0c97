"""Table 1, Table 2 and the patients with SOS/VOD one by one, as a journal prints them: made of entries of the plan."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from analytics.reports import display
from analytics.reports.document import ReportTable, Row
from analytics.reports.numbers import numbers
from analytics.reports.text import Text

Number = Mapping[str, Any]
Entries = Mapping[str, Mapping[str, Any]]

UNKNOWN = "Unknown"
NOTHING = display.NOTHING
COUNTED = (
    "n (%) of the patients with a known value, or median (minimum to maximum). Median: R type 7. "
    f"{UNKNOWN}: patients without a value, not in the percentages."
)


@dataclass(frozen=True)
class Item:
    """One characteristic: numbers of an entry by their labels, each with the name of its line.

    ``grouping`` is that of the comparisons of SOS/VOD, ``measured`` the characteristic compared between patients with
    and without.
    """

    title: str
    entry: str
    labels: Mapping[str, str]
    grouping: str = ""
    measured: str = ""


def _one(title: str, entry: str, label: str, *, grouping: str = "", measured: str = "") -> Item:
    return Item(title, entry, {label: ""}, grouping, measured)


BASELINE = (
    _one("Female", "patients", "Female"),
    _one("Age, years", "patients", "Age at relapsed or refractory disease"),
    _one("White blood cells, 10^9/L", "laboratory", "White blood cells"),
    _one("Platelets, 10^9/L", "laboratory", "Platelets"),
    _one("Haemoglobin, g/dL", "laboratory", "Haemoglobin"),
    _one("Lactate dehydrogenase, U/L", "laboratory", "Lactate dehydrogenase"),
    _one("Bone marrow blasts, % of cells", "laboratory", "Bone marrow blasts"),
    Item(
        "ECOG performance status",
        "performance",
        {"ECOG 0": "0", "ECOG 1 or 2": "1 or 2", "ECOG 3 or 4": "3 or 4", "ECOG missing": "missing"},
    ),
    _one("Karyotype", "genetics-patient", "Classes with the missing"),
    _one("Extramedullary disease", "performance", "Extramedullary disease"),
    _one("CD22 positive", "cd22", "CD22 positive"),
)
TREATMENT = (
    _one("Intensive chemotherapy before INO", "prior-treatment", "Intensive chemotherapy with or without TKI"),
    Item("Blinatumomab before INO", "prior-treatment", {}, "Blinatumomab before INO"),
    Item("Allogeneic HCT at first line", "prior-treatment", {}, "Allogeneic HCT at first line"),
    _one("INO cycles", "ino-cycles", "INO cycles", grouping="Number of INO cycles"),
    _one("TKI together with INO", "tki-with-ino", "TKI together with INO"),
    _one("Response after the first cycle", "response", "Response after the first cycle"),
    _one("Response before HCT", "response", "Response before HCT", grouping="Remission before HCT"),
    _one("MRD before HCT, patients in CR or CRi", "mrd", "MRD before HCT"),
    _one("Conditioning", "transplant", "Conditioning", grouping="Conditioning intensity"),
    Item("Double alkylators", "transplant", {}, "Double alkylators"),
    Item("Donor", "transplant", {"Donor": "", "Mismatched related or unrelated donor": "mismatched"}, "Donor"),
    _one("Last INO dose to HCT, days", "transplant", "Last INO dose to HCT", measured="Last INO dose to HCT, days"),
    _one("First INO dose to HCT, days", "transplant", "First INO dose to HCT", measured="First INO dose to HCT, days"),
    _one("Maintenance after HCT", "maintenance", "Maintenance given"),
)
LISTED = {
    "Age, years": "age",
    "Sex": "female",
    "ECOG": "ECOG",
    "Grade": "grade",
    "HCT at first line": "HCT at first line",
    "INO cycles": "INO cycles",
    "Last INO to SOS/VOD, days": "last INO to SOS/VOD",
    "Myeloablative": "myeloablative",
    "Double alkylators": "double alkylators",
    "HCT to SOS/VOD, days": "HCT to SOS/VOD",
}
FLAGS = ("HCT at first line", "myeloablative", "double alkylators")


def tables(entries: Iterable[Mapping[str, Any]]) -> tuple[ReportTable, ...]:
    """The three of them, of the entries of ``results.json``."""
    by_id = {entry["id"]: entry for entry in entries}
    return table_1(by_id), table_2(by_id), table_3(by_id)


def table_1(entries: Entries) -> ReportTable:
    """Patients before INO, as Table 1 of the paper."""
    return ReportTable(
        id="table-1",
        title="Table 1. Patients at relapsed or refractory disease",
        columns=("Characteristic", _everybody(entries)),
        rows=tuple(Row((name, value), level) for item in BASELINE for name, value, level in _lines(item, entries)),
        footnotes=(
            COUNTED,
            "ECOG: the missing are in the denominator, as in the paper (X15); so they are in Karyotype.",
        ),
    )


def table_2(entries: Entries) -> ReportTable:
    """Treatment and transplant, with the frequency of SOS/VOD in the groups that were named beforehand."""
    return ReportTable(
        id="table-2",
        title="Table 2. Treatment, response and transplant, and SOS/VOD after HCT",
        columns=("Characteristic", _everybody(entries), "SOS/VOD, n/N (%)", "P"),
        rows=tuple(row for item in TREATMENT for row in _compared(item, entries)),
        footnotes=(
            COUNTED,
            "SOS/VOD: patients with it of the patients of the group with a known answer.",
            "P: frequency of SOS/VOD between the groups by Fisher's exact test, two-sided; days between patients with "
            f"and without SOS/VOD by the Kruskal-Wallis test. Not adjusted. {NOTHING}: not tested, too few events.",
        ),
    )


def table_3(entries: Entries) -> ReportTable:
    """The patients with SOS/VOD one by one, as Table 2 of the paper."""
    table = listing(entries["sos-patients"])
    return replace(table, id="table-3", title="Table 3. Patients with SOS/VOD one by one (Table 2 of the paper)")


def listing(entry: Mapping[str, Any]) -> ReportTable:
    """An entry with a number a patient as a table with a column an item."""
    rows = [Row((entry["error"], *[""] * len(LISTED)))] if entry["error"] else map(_listed, numbers(entry))
    return ReportTable(
        id=entry["id"],
        title=entry["title"],
        columns=("Patient", *LISTED),
        rows=tuple(rows),
        footnotes=("By grade, then by days from HCT. An empty cell is not known.",),
    )


def _everybody(entries: Entries) -> str:
    return Text("N = ", entries["patients"]["n"])


def _lines(item: Item, entries: Entries) -> Iterator[tuple[str, str, int]]:
    """Name, value and level of each line; a characteristic of several lines has a heading."""
    entry = entries[item.entry]
    if entry["error"]:
        yield item.title, entry["error"], 0
        return
    found = {number["label"]: number for number in numbers(entry)}
    several = len(item.labels) > 1 or any(found[label]["parts"] for label in item.labels)
    if several:
        yield item.title, "", 0
    for label, name in item.labels.items():
        number = found[label]
        if number["parts"]:
            for part, value in zip(number["parts"], number["value"], strict=True):
                yield part, display.share(value, number["n"]), 1
        else:
            yield name or item.title, _value(number), int(several)
    missing = max((found[label]["missing"] for label in item.labels), default=0)
    if missing:
        yield UNKNOWN, Text(missing), 1


def _value(number: Number) -> str:
    if number["unit"] == "patients" or number["value"] is None:
        return display.value_of(number)
    return f"{display.measured(number['value'])} ({display.interval_of(number)})"


def _compared(item: Item, entries: Entries) -> Iterator[Row]:
    lines = list(_lines(item, entries)) if item.labels else [(item.title, "", 0)]
    groups = _groups(item.grouping, entries)
    (title, value, _), *parts = lines
    yield Row((title, value, "", _p_value(item, entries)))
    for name, part, level in parts:
        yield Row((name, part, groups.pop(name, ("", ""))[1], ""), level)
    for name, (share, frequency) in groups.items():
        yield Row((name, share, frequency, ""), 1)


def _groups(grouping: str, entries: Entries) -> dict[str, tuple[str, str]]:
    """How many are in each group, and in how many of them SOS/VOD occurred."""
    if not grouping or entries["sos-by-group"]["error"]:
        return {}
    prefix = f"{grouping}: "
    rows = [row for row in numbers(entries["sos-by-group"]) if row["label"].startswith(prefix)]
    total = sum(row["n"] for row in rows)
    return {
        row["label"].removeprefix(prefix): (
            display.share(row["n"], total),
            Text(display.frequency(row), f" ({display.fixed(row['value'], 0)}%)") if row["n"] else "",
        )
        for row in rows
    }


def _p_value(item: Item, entries: Entries) -> str:
    source, label = ("sos-tests", item.grouping) if item.grouping else ("sos-characteristics", item.measured)
    if not label or entries[source]["error"]:
        return ""
    (test,) = (row for row in numbers(entries[source]) if row["label"] == label)
    return NOTHING if test["p"] is None else display.p_value(test["p"])


def _listed(number: Number) -> Row:
    found = dict(zip(number["parts"], number["value"], strict=True))
    cells = (_of_patient(item, found.get(item)) for item in LISTED.values())
    return Row((number["label"].removeprefix("Patient "), *cells))


def _of_patient(item: str, value: float | None) -> str:
    if value is None:
        return ""
    if item in FLAGS:
        return "yes" if value else "no"
    if item == "female":
        return "F" if value else "M"
    return f"{value:g}" if item != "INO cycles" else display.fixed(value, 2).rstrip("0").rstrip(".")
