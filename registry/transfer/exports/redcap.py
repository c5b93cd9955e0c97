"""REDCap: a data dictionary of 18 columns, and the data in one file with repeating instruments."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from registry.transfer.cells import csv_writer, safe_cell, text_of
from registry.transfer.exports import csv_r, labels
from registry.transfer.exports.by_patient import Forms, by_patient
from registry.transfer.exports.columns import Column
from registry.transfer.exports.redcap_dictionary import COLUMNS, KEY, dictionary, field_name, is_field
from registry.transfer.exports.tables import Content, Row, Table

INSTRUMENT, INSTANCE = "redcap_repeat_instrument", "redcap_repeat_instance"
_COMPLETE: Final = {"in progress": "0", "complete": "2", "locked": "2"}


def write(content: Content, folder: Path) -> None:
    """Centres are no instrument of REDCap: their table stands beside the data."""
    tables = [table for table in content.tables if table.form != "centre"]
    with (folder / "data_dictionary.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv_writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows([safe_cell(cell) for cell in row] for row in dictionary(tables))
    _write_data(content, tables, folder / "data.csv")
    for table in content.tables:
        if table.form == "centre":
            csv_r.write_table(table, folder / "centre.csv")
    labels.write(content.tables, folder / "labels.csv")


def _write_data(content: Content, tables: Sequence[Table], file: Path) -> None:
    parts = {table.form: Part(table) for table in tables}
    head = [name for table in tables for name in parts[table.form].names]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [KEY, INSTRUMENT, INSTANCE, *head], restval="")
        writer.writeheader()
        for number, (patient, forms) in enumerate(by_patient(tables)):
            if number % 100 == 0:
                content.progress(f"patient {number + 1}")
            writer.writerows({KEY: patient} | row for row in _rows_of(parts, forms))


def _rows_of(parts: dict[str, "Part"], forms: Forms) -> Iterator[dict[str, str]]:
    """One row for all that a patient has once, then one a repeat."""
    once = [cells for form, part in parts.items() if not part.table.repeats for cells in map(part.cells, forms[form])]
    if once:
        yield {name: cell for cells in once for name, cell in cells.items()}
    for form, part in parts.items():
        if part.table.repeats:
            for row in forms[form]:
                yield {INSTRUMENT: form, INSTANCE: text_of(row[part.number])} | part.cells(row)


class Part:
    """The fields of one instrument in the data file."""

    def __init__(self, table: Table) -> None:
        self.table = table
        columns = [column.name for column in table.columns]
        self.number = columns.index("instance_no") if table.repeats else -1
        self._state = columns.index("form_state")
        self._fields = [
            (place, column, field_name(column, table.form))
            for place, column in enumerate(table.columns)
            if is_field(table.form, column)
        ]
        self.names = [name for _, column, field in self._fields for name in _data_names(column, field)]
        self.names.append(f"{table.form}_complete")

    def cells(self, row: Row) -> dict[str, str]:
        found = {f"{self.table.form}_complete": _COMPLETE[row[self._state]]}
        for place, column, field in self._fields:
            found |= zip(_data_names(column, field), _data_cells(column, row[place]), strict=True)
        return found


def _data_names(column: Column, field: str) -> list[str]:
    """A checkbox has one column a choice."""
    return [f"{field}___{code}" for code in column.codes] if column.kind == "codes" else [field]


def _data_cells(column: Column, value: Any) -> list[str]:
    if column.kind != "codes":
        text = text_of(value)
        return [safe_cell(text) if column.kind == "text" else text]
    return ["" if value is None else "1" if code in value else "0" for code in column.codes]
