"""CSV that spreadsheets may open, with a script that loads it into R: factors with labels, dates, numbers."""

import shutil
from pathlib import Path
from typing import Final

from registry.transfer.cells import csv_writer, safe_cell, text_of
from registry.transfer.exports import labels
from registry.transfer.exports.tables import Content, Table

SCRIPT: Final = Path(__file__).parent / "r" / "load.R"


def write(content: Content, folder: Path) -> None:
    for table in content.tables:
        content.progress(table.title)
        write_table(table, folder / f"{table.form}.csv")
    labels.write(content.tables, folder / "labels.csv")
    shutil.copy(SCRIPT, folder / SCRIPT.name)


def write_table(table: Table, file: Path) -> None:
    is_text = [column.kind == "text" for column in table.columns]
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv_writer(stream)
        writer.writerow(column.name for column in table.columns)
        for row in table.rows():
            cells = zip(map(text_of, row), is_text, strict=True)
            writer.writerow([safe_cell(cell) if may_be_formula else cell for cell, may_be_formula in cells])
