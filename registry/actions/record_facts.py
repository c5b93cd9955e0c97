"""What rests on the content of a record: its hash, and the verification and signature that a change drops."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from registry.crf.fields import crf_fields
from registry.crf.rows import as_row, canonical_json, digest
from registry.models import Signature, Verification


def content_hash(record: Any) -> str:
    """The hash of what a record says: its items and missing reasons, its form and its own identity."""
    content = as_row(record) | {"form": record.form, "record": str(record.public_id)}
    del content["state"]
    return digest(canonical_json([content]))


def is_signature_whole(signature: Signature, record: Any) -> bool:
    """False where the record was changed by a way that did not drop the signature, or the row was moved."""
    return signature.content_sha256 == content_hash(record)


def facts(model: Any, record: Any) -> Any:
    """The verifications, or signatures, of one record."""
    return model.objects.filter(form_name=record.form, record_id=record.pk)


def drop_facts(record: Any, changed: Iterable[str]) -> None:
    """What a change invalidates: the signature, and verification where a verified item changed, or its unit."""
    changed = set(changed)
    facts(Signature, record).delete()
    for verification in facts(Verification, record):
        if not verification.fields or changed & _with_units(record, verification.fields):
            verification.delete()


def reasons_changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The items that are missing for another reason than before."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def with_values_and_units(model: Any, items: AbstractSet[str]) -> set[str]:
    """These items, the units of them, and the values of which they are the unit: one says nothing without the other."""
    pairs = [{field.name, field.crf.unit_field} for field in crf_fields(model) if field.crf.unit_field]
    return set(items).union(*(pair for pair in pairs if pair & items))


def _with_units(record: Any, items: list[str]) -> set[str]:
    return {*items, *(record._meta.get_field(item).crf.unit_field for item in items)}
