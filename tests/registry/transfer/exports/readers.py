"""Each format read back by other people's programs, into texts by form and column."""

import csv
import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import defusedxml.ElementTree
import openpyxl
import pandas

from registry.transfer.cells import plain_cell
from tests.registry.transfer.exports.expected import Rows, in_order, number
from tests.registry.transfer.exports.labels_file import forms, labels
from tests.registry.transfer.exports.packages import sas_with_pyreadstat, spss_with_pyreadstat, stata_with_pyreadstat

Forms = dict[str, Rows]
ODM = "{http://www.cdisc.org/ns/odm/v1.3}"


def csv_with_pandas(folder: Path) -> Forms:
    kinds = {(about["form"], about["column"]): about["type"] for about in labels(folder)}
    return {
        form: in_order(
            [
                {name: plain_cell(cell) if kinds[form, name] == "text" else cell for name, cell in row.items()}
                for row in _csv(folder / f"{form}.csv")
            ]
        )
        for form in forms(folder)
    }


def _csv(file: Path) -> list[dict[str, str]]:
    frame = pandas.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return frame.to_dict("records")


def xlsx_with_openpyxl(folder: Path) -> Forms:
    book = openpyxl.load_workbook(folder / "registry.xlsx")
    found = {}
    for sheet in book.worksheets:
        if sheet.title != "labels":
            head, *rows = sheet.iter_rows(values_only=True)
            found[sheet.title] = in_order([dict(zip(head, map(_of_sheet, row), strict=True)) for row in rows])
    return found


def _of_sheet(value: Any) -> str:
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.date().isoformat()
        case int() | float():
            return number(value)
        case _:
            return str(value)


def odm_with_defusedxml(folder: Path) -> Forms:
    root = defusedxml.ElementTree.parse(folder / "registry.xml").getroot()
    kinds = {item.get("OID"): item.get("DataType") for item in root.iter(f"{ODM}ItemDef")}
    columns: dict[str, list[str]] = {}
    for group in root.iter(f"{ODM}ItemGroupDef"):
        names = [ref.get("ItemOID").split(".")[2] for ref in group.iter(f"{ODM}ItemRef")]
        columns[group.get("OID").removeprefix("IG.")] = names
    found: Forms = {form: [] for form in columns}
    for data in root.iter(f"{ODM}ReferenceData"):
        for group in data:
            found["centre"].append(_of_group(group, columns, kinds))
    for subject in root.iter(f"{ODM}SubjectData"):
        for form in subject.iter(f"{ODM}FormData"):
            row = _of_group(form[0], columns, kinds)
            assert row["patient_id"] == subject.get("SubjectKey")
            number_of_repeat = form.get("FormRepeatKey")
            found[form.get("FormOID").removeprefix("F.")].append(
                row | ({"instance_no": number_of_repeat} if number_of_repeat else {})
            )
    return {form: in_order(rows) for form, rows in found.items()}


def _of_group(group: Any, columns: Any, kinds: Any) -> dict[str, str]:
    row = dict.fromkeys(columns[group.get("ItemGroupOID").removeprefix("IG.")], "")
    for item in group:
        oid = item.get("ItemOID")
        value = item.get("Value") or ""
        if kinds[oid] == "boolean" and value:
            value = {"true": "1", "false": "0"}[value]
        row[oid.split(".")[2]] = value
        if item.get("IsNull"):
            assert value == ""
    return row


def dataset_json(folder: Path) -> Forms:
    found = {}
    for form in forms(folder):
        data = json.loads((folder / f"{form}.json").read_text(encoding="utf-8"))
        names = [column["name"] for column in data["columns"]]
        assert data["records"] == len(data["rows"])
        found[form] = in_order([dict(zip(names, map(_of_json, row), strict=True)) for row in data["rows"]])
    return found


def _of_json(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)


def redcap_with_csv(folder: Path) -> Forms:
    """Fields by the data dictionary; checkboxes together; the forms of a patient apart again."""
    with (folder / "data_dictionary.csv").open(encoding="utf-8", newline="") as stream:
        dictionary = list(csv.DictReader(stream))
    assert len(dictionary[0]) == 18
    fields: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in dictionary[1:]:
        fields[each["Form Name"]].append((each["Variable / Field Name"], each["Field Type"]))
    found: Forms = defaultdict(list)
    with (folder / "data.csv").open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        head = reader.fieldnames or []
        for row in reader:
            repeat = row["redcap_repeat_instrument"]
            for form in [repeat] if repeat else _once(row, fields):
                record = {name: _redcap(row, name, kind, head) for name, kind in fields[form]}
                record["patient_id"] = row["patient_id"]
                found[form].append(record | ({"instance_no": row["redcap_repeat_instance"]} if repeat else {}))
    centres = {row["patient_id"]: row["centre_no"] for row in found["patient"]}
    for rows in found.values():
        for record in rows:
            record["centre_no"] = centres[record["patient_id"]]
    known = {(about["form"], about["column"]) for about in labels(folder)}
    return {form: in_order([_long(row, form, known) for row in rows]) for form, rows in found.items()}


def _once(row: dict[str, str], fields: Any) -> Iterator[str]:
    return (form for form in fields if row[f"{form}_complete"])


def _redcap(row: dict[str, str], name: str, kind: str, head: Any) -> str:
    if kind != "checkbox":
        return plain_cell(row[name])
    prefix = f"{name}___"
    named = [column.removeprefix(prefix) for column in head if column.startswith(prefix) and row[column] == "1"]
    return ";".join(sorted(named))


def _long(row: dict[str, str], form: str, known: set[tuple[str, str]]) -> dict[str, str]:
    """Without the letters of the form before a name."""
    return {
        name if (form, name) in known else re.sub(r"^[a-z]{3}[0-9]?_", "", name): cell for name, cell in row.items()
    }


# By format: the program, and the reader.
READERS: dict[str, tuple[str, Callable[[Path], Forms]]] = {
    "csv": ("pandas", csv_with_pandas),
    "xlsx": ("openpyxl", xlsx_with_openpyxl),
    "spss": ("pyreadstat, user-missing kept", spss_with_pyreadstat),
    "stata": ("pyreadstat, extended missing", stata_with_pyreadstat),
    "sas": ("pyreadstat, version 5", sas_with_pyreadstat),
    "odm": ("defusedxml", odm_with_defusedxml),
    "dataset-json": ("json", dataset_json),
    "redcap": ("csv, by the data dictionary", redcap_with_csv),
}
