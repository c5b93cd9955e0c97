"""Counts instead of patients: how often each answer was given, by centre; small numbers are withheld.

Of numbers, dates and texts is counted how many are answered; of several answers, each by itself.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook

from registry.transfer.cells import csv_writer, safe_cell, text_of
from registry.transfer.exports.columns import MISSING, Column
from registry.transfer.exports.small_cells import ALL, RECORDS, Cell, Question, withheld_answers, withheld_forms
from registry.transfer.exports.tables import Content, Row, Table, count
from registry.transfer.exports.xlsx import OPTIONS, write_sheet

COLUMNS: Final = ("form", "item", "label", "answer", "answer_label", "centre", "number")
WITHHELD: Final = "withheld"
_ANSWERED: Final = {"answered": "answered"}
_BLANK: Final = {"blank": "not answered"}
_YES_NO: Final = {"1": "yes", "0": "no"}
Line = tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A question; of each record, exactly one of the answers is true, or one of what stands in their place."""

    name: str
    label: str
    answers: Mapping[str, str]
    without: Mapping[str, str]
    answer: Callable[[Row], str]

    @property
    def question(self) -> Question:
        return Question(self.name, tuple(self.answers), tuple(self.without))


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
    tables = [table for table in content.tables if table.form != "centre"]
    counts = {form: numbers for form, numbers in count(content.choice).items() if form != "centre"}
    hidden = withheld_forms(counts, {table.form for table in tables if not table.repeats and table.form != "patient"})
    for table in tables:
        content.progress(table.title)
        yield from _lines_of(table, content.centre_names, hidden[table.form])


def _lines_of(table: Table, names: Mapping[int, str], hidden_records: AbstractSet[Any]) -> Iterator[Line]:
    items = list(items_of(table))
    numbers = numbers_of(table, items)
    known = {centre for item, _, centre in numbers if item == RECORDS[0] and centre != ALL}
    places = (*sorted(known, key=lambda centre: names[centre]), ALL)
    hidden = withheld_answers(numbers, [item.question for item in items], hidden_records)
    hidden |= {(*RECORDS, place) for place in hidden_records}
    rows = [(RECORDS, table.title, "forms")]
    rows += [((item.name, code), item.label, words) for item in items for code, words in _all_answers(item)]
    for row, label, answer_label in rows:
        for place in places:
            number = WITHHELD if (*row, place) in hidden else str(numbers[*row, place])
            yield table.form, row[0], label, row[1], answer_label, names.get(place, ALL), number


def _all_answers(item: Item) -> Iterator[tuple[str, str]]:
    yield from (*item.answers.items(), *item.without.items())


def numbers_of(table: Table, items: Sequence[Item]) -> Counter[Cell]:
    """How often each answer was given, at each centre and in all."""
    centre_place = [column.name for column in table.columns].index("centre_no")
    numbers: Counter[Cell] = Counter({(*RECORDS, ALL): 0})
    for row in table.rows():
        for centre in (row[centre_place], ALL):
            numbers[*RECORDS, centre] += 1
            for item in items:
                numbers[item.name, item.answer(row), centre] += 1
    return numbers


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
                yield Item(f"{column.name}={code}", f"{column.label}: {label}", _YES_NO, without, shown)
        else:
            yield Item(column.name, column.label, _answers(column), without, _given(place, reason, _word(column)))


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
