"""Who gave each answer last, in a stretch of time: read from the audit trail."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from registry.crf.fields import crf_fields
from registry.models import PATIENT_FORMS, AuditEntry, Patient

_FORMS: Final[dict[str, Any]] = {model._meta.db_table: model for model in (Patient, *PATIENT_FORMS)}
# Columns beside the items that a snapshot holds, too.
_BESIDE: Final = ("state", "excluded", "excluded_reason")

# Patient, form, number of the record (0 where the form does not repeat), item by its dictionary name.
Place = tuple[str, str, int, str]


def authors_between(since: dt.datetime, until: dt.datetime) -> dict[Place, dict[str, str]]:
    """Name, role, reason, channel and time of the last change of each answer, for those whom the reader may see."""
    entries = list(AuditEntry.objects.filter(table__in=_FORMS, at__gt=since, at__lte=until).order_by("pk"))
    numbers = _numbers(entries)
    patients = dict(Patient.objects.filter(pk__in={entry.patient_id for entry in entries}).values_list("pk", "number"))
    found: dict[Place, dict[str, str]] = {}
    for entry in entries:
        model = _FORMS[entry.table]
        patient = patients.get(entry.patient_id) or (entry.old or {}).get("number", "")
        record = str(patient), str(model.form), numbers.get((entry.table, entry.row), 0)
        found |= {(*record, name): _author(entry) for name in _answered(entry, model)}
    return found


def _author(entry: AuditEntry) -> dict[str, str]:
    return {
        "name": entry.user_name,
        "role": entry.role,
        "reason": entry.reason or "",
        "channel": entry.channel or "",
        "at": entry.at.isoformat(),
    }


def _answered(entry: AuditEntry, model: Any) -> Iterable[str]:
    """The items and marks that the entry gave another value, or another reason for none."""
    old, new = entry.old or {}, entry.new or {}
    for field in crf_fields(model):
        reasons = [(row.get("missing") or {}).get(field.name) for row in (old, new)]
        if old.get(field.column) != new.get(field.column) or reasons[0] != reasons[1]:
            yield field.crf.name
    yield from (name for name in _BESIDE if old.get(name) != new.get(name))


def _numbers(entries: Iterable[AuditEntry]) -> dict[tuple[str, str], int]:
    """The number of each repeated record. A change does not repeat it; the record has it, or the entry of its end."""
    found: dict[tuple[str, str], int] = {}
    for table, model in _FORMS.items():
        if not model.repeats:
            continue
        of_table = [entry for entry in entries if entry.table == table]
        records = model.objects.filter(pk__in={entry.row for entry in of_table}).only(model.number_field)
        found |= {(table, str(record.pk)): record.instance_no for record in records}
        deleted = (entry for entry in of_table if entry.operation == "D" and entry.old)
        found |= {(table, entry.row): _number_of(model, entry.old) for entry in deleted}
    return found


def _number_of(model: Any, row: dict[str, Any]) -> int:
    return int(model(**{model.number_field: row[model.number_field]}).instance_no)
