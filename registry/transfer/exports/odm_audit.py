"""The audit trail of the forms as a transactional ODM file: every change, by whom, when and why."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from registry.crf.fields import crf_fields
from registry.crf.titles import number_codes
from registry.models import FORMS_BY_NAME, AuditEntry, Centre
from registry.transfer.cells import text_of
from registry.transfer.exports.columns import MISSING
from registry.transfer.exports.odm_metadata import EVENT, STUDY, document_attributes, metadata_version
from registry.transfer.exports.tables import AT_ONCE, Content, patients_of
from registry.transfer.exports.xml import Xml

_TRANSACTIONS: Final = {"I": "Insert", "U": "Update", "D": "Remove"}
Numbers = dict[tuple[str, str], Any]  # of repeats, by table and row


def write(content: Content, folder: Path) -> None:
    """Beside the data, for the forms and patients that were chosen."""
    content.progress("audit trail")
    models = {
        FORMS_BY_NAME[form]._meta.db_table: FORMS_BY_NAME[form] for form in content.choice.forms if form != "centre"
    }
    patients = dict(patients_of(content.choice).values_list("pk", "number"))
    entries = AuditEntry.objects.filter(table__in=models, patient_id__in=list(patients))
    with (folder / "audit_trail.xml").open("w", encoding="utf-8") as stream:
        xml = Xml(stream)
        with xml.inside("ODM", **document_attributes("Transactional")):
            _write_people(xml, entries)
            with xml.inside("ClinicalData", StudyOID=STUDY, MetaDataVersionOID=metadata_version()):
                ordered = entries.order_by("patient_id", "at", "pk").iterator(chunk_size=AT_ONCE)
                for patient, of_patient in groupby(ordered, key=lambda entry: entry.patient_id):
                    _write_patient(xml, patients[patient], of_patient, models)
        stream.write("\n")


def _write_people(xml: Xml, entries: Any) -> None:
    people = entries.order_by("user_id").values_list("user_id", "user_name").distinct()
    with xml.inside("AdminData", StudyOID=STUDY):
        for key, name in people:
            with xml.inside("User", OID=f"U.{key}"):
                xml.text("LoginName", name)
        for centre in Centre.objects.all():
            with xml.inside("Location", OID=f"L.{centre.pk}", Name=str(centre), LocationType="Site"):
                day = str(centre.irb_approval_date or "1900-01-01")
                xml.empty(
                    "MetaDataVersionRef", StudyOID=STUDY, MetaDataVersionOID=metadata_version(), EffectiveDate=day
                )


def _write_patient(xml: Xml, number: str, entries: Iterator[AuditEntry], models: dict[str, Any]) -> None:
    numbers: Numbers = {}
    with xml.inside("SubjectData", SubjectKey=number), xml.inside("StudyEventData", StudyEventOID=EVENT):
        for entry in entries:
            model = models[entry.table]
            about = {"FormOID": f"F.{model.form}", "FormRepeatKey": _number(model, entry, numbers)}
            with xml.inside("FormData", **about, TransactionType=_TRANSACTIONS[entry.operation]):
                _write_record(xml, entry)
                with xml.inside(
                    "ItemGroupData", ItemGroupOID=f"IG.{model.form}", TransactionType=_TRANSACTIONS[entry.operation]
                ):
                    for name, value in _values(model, entry):
                        oid = f"IT.{model.form}.{name}"
                        xml.empty("ItemData", ItemOID=oid, **({"Value": value} if value else {"IsNull": "Yes"}))


def _number(model: Any, entry: AuditEntry, numbers: Numbers) -> Any:
    """A change does not repeat the number of its record: the entry of its making has it."""
    if not model.repeats:
        return None
    key = (entry.table, entry.row)
    found = (entry.new or {}).get(model.number_field) or (entry.old or {}).get(model.number_field)
    if found is not None and key not in numbers:
        codes = list(number_codes(model))
        numbers[key] = codes.index(found) + 1 if codes else found
    return numbers.get(key)


def _write_record(xml: Xml, entry: AuditEntry) -> None:
    with xml.inside("AuditRecord"):
        xml.empty("UserRef", UserOID=f"U.{entry.user_id}")
        xml.empty("LocationRef", LocationOID=f"L.{entry.centre}")
        xml.text("DateTimeStamp", entry.at.isoformat(timespec="seconds"))
        if entry.reason:
            xml.text("ReasonForChange", entry.reason)
        xml.text("SourceID", str(entry.pk))


def _values(model: Any, entry: AuditEntry) -> Iterator[tuple[str, str]]:
    """The items that this entry changed, as they were afterwards; nothing of a record that was removed."""
    old, new = entry.old or {}, entry.new or {}
    if entry.operation == AuditEntry.Operation.DELETE:
        return
    for field in crf_fields(model):
        name = field.crf.name
        if field.column in new and new[field.column] != old.get(field.column):
            yield name, _text(field, new[field.column])
        reason, before = (row.get("missing") or {} for row in (new, old))
        if reason.get(field.name) != before.get(field.name) and "missing" in new:
            yield f"{name}{MISSING}", reason.get(field.name) or ""
    if new.get("state"):
        yield "form_state", str(new["state"])


def _text(field: Any, value: Any) -> str:
    if field.crf.kind == "bool" and value is not None:
        return str(value).lower()
    return text_of(value)
