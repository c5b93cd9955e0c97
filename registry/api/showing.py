"""From a record to JSON: values by the names of the dictionary, what is missing and why, what rests on the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from registry.actions.record_facts import is_signature_whole
from registry.crf.fields import crf_fields
from registry.crf.partial_dates import PartialDate
from registry.crf.rows import plain
from registry.models import Signature, Verification


@dataclass(frozen=True)
class Facts:
    """What is verified and signed among some records of one form."""

    verified: dict[int, list[str]]
    signatures: dict[int, Signature]

    @classmethod
    def of(cls, records: Iterable[Any]) -> Self:
        keys = {record.pk: record.form for record in records}
        about = {"form_name__in": set(keys.values()), "record_id__in": set(keys)}
        verified = Verification.objects.filter(**about).values_list("record_id", "fields")
        return cls(dict(verified), {each.record_id: each for each in Signature.objects.filter(**about)})

    def as_json(self, record: Any) -> dict[str, Any]:
        signature = self.signatures.get(record.pk)
        items = self.verified.get(record.pk)
        return {
            "verified": items == [],
            "verified_items": items or [],
            "signed": signature is not None and is_signature_whole(signature, record),
        }


def etag(record: Any) -> str:
    return f'"{record.version}"'


def as_json(record: Any, facts: Facts, *, labels: bool = False) -> dict[str, Any]:
    fields = crf_fields(type(record))
    values = {field.crf.name: getattr(record, field.attname) for field in fields}
    shown = {
        "id": str(record.public_id),
        "form": record.form,
        **_place(record),
        "state": str(record.state),
        "version": record.version,
        **facts.as_json(record),
        "values": {name: plain(value) for name, value in values.items()},
        "missing": {field.crf.name: record.missing[field.name] for field in fields if field.name in record.missing},
        "precision": {name: value.precision for name, value in values.items() if isinstance(value, PartialDate)},
    }
    if labels:
        shown["labels"] = {field.crf.name: _label(field, record) for field in fields if field.crf.choices}
    return shown


def _place(record: Any) -> dict[str, Any]:
    if record.form == "patient":
        return {
            "patient_number": record.number,
            "centre": record.centre_id,
            "excluded": record.excluded,
            "excluded_reason": record.excluded_reason,
        }
    place = {"patient": str(record.patient.public_id), "patient_number": record.patient.number}
    number = {"instance_no": record.instance_no} if record.repeats else {}
    return place | {"centre": record.centre_id} | number


def _label(field: Any, record: Any) -> Any:
    """The words of a code, of each code of a list; nothing where there is no answer."""
    value = getattr(record, field.attname)
    if value is None:
        return None
    if isinstance(value, list):
        return [str(field.crf.choices[code]) for code in value]
    return str(field.crf.choices[str(int(value)) if isinstance(value, bool) else value])
