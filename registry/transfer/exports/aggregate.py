"""Counts instead of patients: how often each answer was given, by centre; small numbers are withheld.

Of numbers, dates and texts is counted how many are answered; of several answers, each by itself.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook

from registry.transfer.cells import csv_writer, safe_cell, text_of
from registry.transfer.exports.columns import MISSING, Column
from registry.transfer.exports.suppression import Equation, withheld
from registry.transfer.exports.tables import Content, Row, Table
from registry.transfer.exports.xlsx import OPTIONS, write_sheet

COLUMNS: Final = ("form", "item", "label", "answer", "answer_label", "centre", "number")
ALL, RECORDS, WITHHELD = "all centres", "records", "withheld"
_ANSWERED: Final = {"answered": "answered"}
_BLANK: Final = {"blank": "not answered"}
_YES_NO: Final = {"1": "yes", "0": "no"}
Cell = tuple[str, str, Any]  # item, answer, centre
Line = tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A question; of each record, exactly one of the answers is true."""

    name: str
    label: str
    answers: Mapping[str, str]
    answer: Callable[[Row], str]


def write_csv(content: Content, folder: Path) -> None:
    with (folder / "counts.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv_writer(stream)
        writer.writerow(COLUMNS)
        for line in lines(content):
            writer.writerow([safe_cell(cell) for cell in line])


def write_xlsx(content: Content, folder: Path) -> None:
    with Workbook(folder / "counts.xlsx", OPTIONS) as workbook:
        write_sheet(workbook, "counts", COLUMNS, lines(content))


def lines(content: Content) -> Iterator[Line]:
    for table in content.tables:
        if table.form != "centre":
            content.progress(table.title)
            yield from _lines_of(table, content.centre_names)


def _lines_of(table: Table, names: Mapping[int, str]) -> Iterator[Line]:
    items = list(items_of(table))
    numbers = count(table, items)
    known = {centre for item, _, centre in numbers if item == RECORDS and centre != ALL}
    centres = sorted(known, key=lambda centre: names[centre])
    records = withheld_records(numbers, centres)
    records_item = Item(RECORDS, table.title, {RECORDS: "forms"}, lambda row: RECORDS)
    for item in (records_item, *items):
        hidden = records if item is records_item else withheld_answers(numbers, item, centres, records)
        for answer, label in item.answers.items():
            for centre in (*centres, ALL):
                cell = (item.name, answer, centre)
                number = WITHHELD if cell in hidden else str(numbers[cell])
                yield table.form, item.name, item.label, answer, label, names.get(centre, ALL), number


def count(table: Table, items: Sequence[Item]) -> Counter[Cell]:
    """How often each answer was given, at each centre and in all."""
    centre_place = [column.name for column in table.columns].index("centre_no")
    numbers: Counter[Cell] = Counter({(RECORDS, RECORDS, ALL): 0})
    for row in table.rows():
        for centre in (row[centre_place], ALL):
            numbers[RECORDS, RECORDS, centre] += 1
            for item in items:
                numbers[item.name, item.answer(row), centre] += 1
    return numbers


def withheld_records(numbers: Counter[Cell], centres: Sequence[Any]) -> frozenset[Cell]:
    cells = {cell: numbers[cell] for cell in [(RECORDS, RECORDS, centre) for centre in (*centres, ALL)]}
    return withheld(cells, [_over_centres(RECORDS, RECORDS, centres)])


def withheld_answers(
    numbers: Counter[Cell], item: Item, centres: Sequence[Any], records: frozenset[Cell]
) -> frozenset[Cell]:
    every = [(item.name, answer, centre) for answer in item.answers for centre in (*centres, ALL)]
    totals = [(RECORDS, RECORDS, centre) for centre in (*centres, ALL)]
    cells = {cell: numbers[cell] for cell in (*every, *totals)}
    return withheld(cells, equations_of(item, centres), decided={cell: cell in records for cell in totals})


def equations_of(item: Item, centres: Sequence[Any]) -> list[Equation[Cell]]:
    """The centres make up all; the answers make up the records, at each centre and in all."""
    answers = [_over_centres(item.name, answer, centres) for answer in item.answers]
    records = [
        Equation(tuple((item.name, answer, centre) for answer in item.answers), (RECORDS, RECORDS, centre))
        for centre in (*centres, ALL)
    ]
    return [*answers, *records, _over_centres(RECORDS, RECORDS, centres)]


def _over_centres(item: str, answer: str, centres: Sequence[Any]) -> Equation[Cell]:
    return Equation(tuple((item, answer, centre) for centre in centres), (item, answer, ALL))


def items_of(table: Table) -> Iterator[Item]:
    places = {column.name: place for place, column in enumerate(table.columns)}
    for column in table.columns:
        if column.is_key or column.of:
            continue
        place, reason = places[column.name], places.get(f"{column.name}{MISSING}")
        without = _BLANK if reason is None else {**table.columns[reason].codes, **_BLANK}
        if column.kind == "codes":
            for code, label in column.codes.items():
                shown = _given(place, reason, lambda value, code=code: "1" if code in value else "0")
                yield Item(f"{column.name}={code}", f"{column.label}: {label}", _YES_NO | without, shown)
        else:
            yield Item(column.name, column.label, _answers(column) | without, _given(place, reason, _word(column)))


def _answers(column: Column) -> dict[str, str]:
    return dict(column.codes) if column.kind in ("flag", "code") else dict(_ANSWERED)


def _word(column: Column) -> Callable[[Any], str]:
    return text_of if column.kind in ("flag", "code") else lambda value: "answered"


def _given(place: int, reason: int | None, word: Callable[[Any], str]) -> Callable[[Row], str]:
    def answer(row: Row) -> str:
        if row[place] is not None:
            return word(row[place])
        return (row[reason] if reason is not None else None) or "blank"

    return answer
