"""What each column means and which codes it holds: the same table in every format."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from registry.transfer.cells import csv_writer, safe_cell
from registry.transfer.exports.columns import Column
from registry.transfer.exports.tables import Table

COLUMNS: Final = ("form", "column", "item", "label", "type", "unit", "code", "integer", "code_label")


def write(tables: Iterable[Table], file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv_writer(stream)
        writer.writerow(COLUMNS)
        for row in rows(tables):
            writer.writerow([safe_cell(cell) for cell in row])


def rows(tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    """One row a column, or one a code where the column has codes."""
    for table in tables:
        for column in table.columns:
            for code, label in column.codes.items() or (("", ""),):
                yield (*_about(table, column), code, str(column.integers[code]) if code else "", label)


def _about(table: Table, column: Column) -> tuple[str, ...]:
    number = column.item.crf.number if column.item else ""
    return table.form, column.name, number, column.label, column.kind, column.unit
