"""CDISC ODM 1.3.2 as lines: one sheet an item group, its headings from the metadata of the file."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any, BinaryIO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from registry.transfer.importing import limits
from registry.transfer.importing.lines import Line, Refused

NAMESPACE = "{http://www.cdisc.org/ns/odm/v1.3}"
KEYS = ("patient_id", "instance_no")  # stand before the items of every group


class _Metadata:
    """Which items each group has, and what they are called. The headings of a group are given out once."""

    def __init__(self) -> None:
        self.items: dict[str, list[str]] = {}  # group to the ids of its items
        self.names: dict[str, str] = {}  # id of a group or an item to its name
        self.rows: dict[str, int] = {}  # group to the last row given out

    def read(self, tag: str, element: Any) -> None:
        name = element.get("OID") or ""
        if tag in ("ItemGroupDef", "ItemDef") and name not in self.rows:
            self.names[name] = element.get("Name") or name
            if tag == "ItemGroupDef" and element.get("IsReferenceData") != "Yes":  # such are about no patient
                self.items[name] = [ref.get("ItemOID", "") for ref in element.iter(f"{NAMESPACE}ItemRef")]

    def headings(self) -> Iterator[Line]:
        """Of the groups that were declared since the last time."""
        for group, items in self.items.items():
            if group not in self.rows:
                name = self.names[group]
                if any(self.names[other] == name for other in self.rows):
                    raise Refused("Two item groups are called {name}.", name=name[:60])
                self.rows[group] = 1
                yield Line(name, 1, [*KEYS, *(self.names.get(item, item) for item in items)])


def read(file: BinaryIO) -> Iterator[Line]:
    try:
        yield from _lines(file)
    except DefusedXmlException as error:
        raise Refused("The file declares entities, which a study file never needs. It is not read.") from error
    except (ET.ParseError, LookupError, ValueError) as error:  # the last two: letters that the parser does not know
        raise Refused("The file is not well-formed XML: {why}.", why=str(error)) from error


def _lines(file: BinaryIO) -> Iterator[Line]:
    metadata, keys, begun = _Metadata(), _Keys(), False
    for event, element in iterparse(file, events=("start", "end")):
        tag = element.tag.removeprefix(NAMESPACE)
        if event == "start":
            if not begun and tag != "ODM":
                raise Refused("This is not a CDISC ODM 1.3 file: its first element is {name}.", name=tag[:60])
            begun = True
            keys.enter(tag, element)
            if tag == "ClinicalData":
                yield from metadata.headings()
            continue
        metadata.read(tag, element)
        if tag == "ItemGroupData" and keys.subject:
            yield _line(metadata, keys, element)
        if tag in ("SubjectData", "StudyEventData", "FormData", "ItemGroupData"):
            element.clear()


class _Keys:
    """Whose data are being read, and which repeat: the innermost key that is given counts."""

    def __init__(self) -> None:
        self.subject = ""
        self._repeats: dict[str, str | None] = {}

    def enter(self, tag: str, element: Any) -> None:
        if tag == "SubjectData":
            self.subject = element.get("SubjectKey", "")
        if tag in ("FormData", "ItemGroupData"):
            self._repeats[tag] = element.get(f"{tag.removesuffix('Data')}RepeatKey")

    @property
    def number(self) -> str | None:
        return self._repeats.get("ItemGroupData") or self._repeats.get("FormData")


def _line(metadata: _Metadata, keys: _Keys, element: Any) -> Line:
    group = element.get("ItemGroupOID", "")
    if group not in metadata.rows:
        raise Refused("The item group {name} is not declared in the metadata of the file.", name=group[:60])
    metadata.rows[group] += 1
    items = metadata.items[group]
    cells: list[Any] = [keys.subject, keys.number, *[None] * len(items)]
    for item in element:
        if not item.tag.startswith(f"{NAMESPACE}ItemData"):
            continue  # who changed it and why, signatures, remarks
        name = item.get("ItemOID", "")
        if name not in items:
            values = {"name": name[:60], "group": group[:60]}
            raise Refused("The item {name} is not declared for the item group {group}.", **values)
        value = item.get("Value") if item.get("IsNull") != "Yes" else None
        value = (item.text or "").strip() or None if value is None else value
        if value and len(value) > limits.CELL_CHARACTERS:
            raise Refused("The item {name} is longer than {most} characters.", name=name, most=limits.CELL_CHARACTERS)
        cells[len(KEYS) + items.index(name)] = value
    return Line(metadata.names[group], metadata.rows[group], cells)
