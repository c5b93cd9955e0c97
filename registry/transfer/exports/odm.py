"""CDISC ODM 1.3.2: the forms as metadata, the centres as reference data, every record of every patient."""

from pathlib import Path
from typing import Any

from registry.transfer.cells import text_of
from registry.transfer.exports import odm_audit
from registry.transfer.exports.by_patient import Forms, by_patient
from registry.transfer.exports.columns import MISSING, Column
from registry.transfer.exports.odm_metadata import (
    EVENT,
    STUDY,
    document_attributes,
    item_oid,
    metadata_version,
    write_study,
)
from registry.transfer.exports.tables import Content, Row, Table
from registry.transfer.exports.xml import Xml


def write(content: Content, folder: Path) -> None:
    with (folder / "registry.xml").open("w", encoding="utf-8") as stream:
        xml = Xml(stream)
        with xml.inside("ODM", **document_attributes("Snapshot")):
            write_study(xml, content.tables)
            write_data(xml, content)
        stream.write("\n")
    if content.choice.with_audit:
        odm_audit.write(content, folder)


def write_data(xml: Xml, content: Content) -> None:
    about = {"StudyOID": STUDY, "MetaDataVersionOID": metadata_version()}
    for table in content.tables:
        if table.form == "centre":
            content.progress(table.title)
            with xml.inside("ReferenceData", **about):
                for row in table.rows():
                    _write_items(xml, table, row, key=text_of(row[0]))
    tables = [table for table in content.tables if table.form != "centre"]
    with xml.inside("ClinicalData", **about):
        for number, (patient, forms) in enumerate(by_patient(tables)):
            if number % 100 == 0:
                content.progress(f"patient {number + 1}")
            _write_patient(xml, tables, patient, forms)


def _write_patient(xml: Xml, tables: list[Table], patient: str, forms: Forms) -> None:
    with xml.inside("SubjectData", SubjectKey=patient), xml.inside("StudyEventData", StudyEventOID=EVENT):
        for table in tables:
            for row in forms[table.form]:
                number = text_of(row[_place(table, "instance_no")]) if table.repeats else None
                with xml.inside("FormData", FormOID=f"F.{table.form}", FormRepeatKey=number):
                    _write_items(xml, table, row)


def _place(table: Table, name: str) -> int:
    return [column.name for column in table.columns].index(name)


def _write_items(xml: Xml, table: Table, row: Row, *, key: str | None = None) -> None:
    """An answer, or that there is none where a reason says why; what is blank is left out."""
    values = {column.name: value for column, value in zip(table.columns, row, strict=True)}
    with xml.inside("ItemGroupData", ItemGroupOID=f"IG.{table.form}", ItemGroupRepeatKey=key):
        for column in table.columns:
            if column.name == "instance_no":
                continue
            oid, value = item_oid(table, column), values[column.name]
            if value is not None:
                xml.empty("ItemData", ItemOID=oid, Value=_text(column, value))
            elif values.get(f"{column.name}{MISSING}"):
                xml.empty("ItemData", ItemOID=oid, IsNull="Yes")


def _text(column: Column, value: Any) -> str:
    return str(value).lower() if column.kind == "flag" else text_of(value)
