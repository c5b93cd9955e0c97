"""CDISC Dataset-JSON 1.1: one file a form, written row by row. Decimal numbers are texts, so that no digit is lost."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from registry.crf import codebook
from registry.transfer.cells import text_of
from registry.transfer.exports import labels
from registry.transfer.exports.columns import Column
from registry.transfer.exports.tables import Content, Table

VERSION: Final = "1.1.0"
_TYPES: Final[Mapping[str, Mapping[str, str]]] = {
    "integer": {"dataType": "integer"},
    "decimal": {"dataType": "decimal", "targetDataType": "decimal"},
    "flag": {"dataType": "boolean"},
    "date": {"dataType": "date"},
}


def write(content: Content, folder: Path) -> None:
    for table in content.tables:
        content.progress(table.title)
        _write_table(table, folder)
    labels.write(content.tables, folder / "labels.csv")


def _write_table(table: Table, folder: Path) -> None:
    """The number of rows stands before them in the usual order; JSON lets it stand after them."""
    head = json.dumps(_head(table), ensure_ascii=False, indent=1).rstrip("}\n ")
    records = 0
    with (folder / f"{table.form}.json").open("w", encoding="utf-8") as stream:
        stream.write(f'{head},\n "rows": [')
        for row in table.rows():
            stream.write(",\n  " if records else "\n  ")
            json.dump([_cell(value) for value in row], stream, ensure_ascii=False)
            records += 1
        stream.write(f'\n ],\n "records": {records}\n}}\n')


def _head(table: Table) -> dict[str, Any]:
    version = codebook.version()
    return {
        "datasetJSONCreationDateTime": timezone.now().astimezone(dt.UTC).isoformat(timespec="seconds"),
        "datasetJSONVersion": VERSION,
        "originator": "INO registry",
        "studyOID": "INO",
        "metaDataVersionOID": f"MDV.{version}",
        "itemGroupOID": f"IG.{table.form}",
        "name": table.form,
        "label": table.title,
        "columns": [_column(table, column) for column in table.columns],
    }


def _column(table: Table, column: Column) -> dict[str, Any]:
    keys = [each.name for each in table.columns if each.is_key]
    about: dict[str, Any] = {"itemOID": f"IT.{table.form}.{column.name}", "name": column.name, "label": column.label}
    about |= _TYPES.get(column.kind, {"dataType": "string"})
    if column.max_length and about["dataType"] == "string":
        about["length"] = column.max_length
    return about | ({"keySequence": keys.index(column.name) + 1} if column.is_key else {})


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    return text_of(value)
