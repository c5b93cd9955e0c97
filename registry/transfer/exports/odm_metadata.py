"""The metadata of CDISC ODM, computed from the declarations: forms, items, code lists, ranges, units."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils import timezone

from registry.crf import codebook
from registry.transfer.exports.columns import Column
from registry.transfer.exports.tables import Table
from registry.transfer.exports.xml import Xml

NAMESPACE: Final = "http://www.cdisc.org/ns/odm/v1.3"
STUDY, EVENT = "S.INO", "SE.REGISTRY"
_TYPES: Final[Mapping[str, str]] = {
    "integer": "integer",
    "decimal": "float",
    "flag": "boolean",
    "date": "date",
    "partial date": "partialDate",
}
_LONGEST: Final = 250  # of a text whose declaration has no limit
_DIGITS, _DECIMALS = 20, 8


def document_attributes(file_type: str) -> dict[str, Any]:
    now = timezone.localtime().isoformat(timespec="seconds")
    return {
        "xmlns": NAMESPACE,
        "ODMVersion": "1.3.2",
        "FileType": file_type,
        "FileOID": f"INO.{file_type}.{now}",
        "CreationDateTime": now,
        "SourceSystem": "INO registry",
        "SourceSystemVersion": codebook.version(),
    }


def metadata_version() -> str:
    return f"MDV.{codebook.version()}"


def item_oid(table: Table, column: Column) -> str:
    return f"IT.{table.form}.{column.name}"


def write_study(xml: Xml, tables: Sequence[Table]) -> None:
    with xml.inside("Study", OID=STUDY):
        with xml.inside("GlobalVariables"):
            xml.text("StudyName", "INO registry")
            xml.text("StudyDescription", "Inotuzumab ozogamicin before allogeneic transplant in B-ALL")
            xml.text("ProtocolName", "INO registry")
        _write_units(xml, tables)
        with xml.inside("MetaDataVersion", OID=metadata_version(), Name=f"Dictionary {codebook.version()}"):
            _write_forms(xml, tables)
            for table, column in _items(tables):
                _write_item(xml, table, column)
            for table, column in _items(tables):
                _write_code_list(xml, table, column)


def _items(tables: Sequence[Table]) -> Iterator[tuple[Table, Column]]:
    """The number of a repeat is the key of its form, not an item."""
    return ((table, column) for table in tables for column in table.columns if column.name != "instance_no")


def _write_units(xml: Xml, tables: Sequence[Table]) -> None:
    units = sorted({column.unit for _, column in _items(tables) if column.unit})
    with xml.inside("BasicDefinitions"):
        for unit in units:
            with xml.inside("MeasurementUnit", OID=f"MU.{unit}", Name=unit):
                _write_words(xml, "Symbol", unit)


def _write_forms(xml: Xml, tables: Sequence[Table]) -> None:
    of_patients = [table for table in tables if table.form != "centre"]
    with xml.inside("Protocol"):
        xml.empty("StudyEventRef", StudyEventOID=EVENT, OrderNumber=1, Mandatory="Yes")
    with xml.inside("StudyEventDef", OID=EVENT, Name="Registry", Repeating="No", Type="Common"):
        for place, table in enumerate(of_patients, start=1):
            xml.empty("FormRef", FormOID=f"F.{table.form}", OrderNumber=place, Mandatory="No")
    for table in of_patients:
        repeating = "Yes" if table.repeats else "No"
        with xml.inside("FormDef", OID=f"F.{table.form}", Name=table.title, Repeating=repeating):
            xml.empty("ItemGroupRef", ItemGroupOID=f"IG.{table.form}", Mandatory="Yes")
    for table in tables:
        reference = {"Repeating": "Yes", "IsReferenceData": "Yes"} if table.form == "centre" else {"Repeating": "No"}
        with xml.inside("ItemGroupDef", OID=f"IG.{table.form}", Name=table.title, **reference):
            for _, column in _items([table]):
                required = column.item is not None and column.item.crf.required is True
                xml.empty("ItemRef", ItemOID=item_oid(table, column), Mandatory="Yes" if required else "No")


def _write_item(xml: Xml, table: Table, column: Column) -> None:
    number = column.item.crf.number if column.item else None
    about = {"OID": item_oid(table, column), "Name": column.name, "Comment": number}
    with xml.inside("ItemDef", **about, **_type(column)):
        _write_words(xml, "Question", column.label)
        if column.unit:
            xml.empty("MeasurementUnitRef", MeasurementUnitOID=f"MU.{column.unit}")
        _write_ranges(xml, column)
        if _has_code_list(column):
            xml.empty("CodeListRef", CodeListOID=f"CL.{table.form}.{column.name}")


def _type(column: Column) -> dict[str, Any]:
    match column.kind:
        case "integer":
            return {"DataType": "integer", "Length": 10}
        case "decimal":
            return {"DataType": "float", "Length": _DIGITS, "SignificantDigits": _DECIMALS}
        case "code":
            return {"DataType": "text", "Length": max(map(len, column.codes))}
        case "codes":
            return {"DataType": "text", "Length": len(";".join(column.codes))}
        case "text":
            return {"DataType": "text", "Length": column.max_length or _LONGEST}
        case _:
            return {"DataType": _TYPES[column.kind]}


def _write_ranges(xml: Xml, column: Column) -> None:
    if column.item is None:
        return
    for strength, limits in (("Hard", column.item.crf.hard), ("Soft", column.item.crf.soft)):
        for comparator, limit in zip(("GE", "LE"), limits or (), strict=False):
            with xml.inside("RangeCheck", Comparator=comparator, SoftHard=strength):
                xml.text("CheckValue", str(limit))


def _has_code_list(column: Column) -> bool:
    """Several answers stand in one text, apart by `;`: no code list holds them."""
    return column.kind == "code"


def _write_code_list(xml: Xml, table: Table, column: Column) -> None:
    if not _has_code_list(column):
        return
    with xml.inside("CodeList", OID=f"CL.{table.form}.{column.name}", Name=column.label, DataType="text"):
        for code, label in column.codes.items():
            with xml.inside("CodeListItem", CodedValue=code, Rank=column.integers[code]):
                _write_words(xml, "Decode", label)


def _write_words(xml: Xml, name: str, words: str) -> None:
    with xml.inside(name):
        xml.text("TranslatedText", words, xml__lang="en")
