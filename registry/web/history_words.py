"""One entry of the audit trail in the words of the paper form."""

from dataclasses import dataclass
from typing import Any, Final

from registry.access.roles import Role
from registry.crf import words
from registry.crf.fields import crf_fields
from registry.crf.titles import title_of_number
from registry.models import ALL_FORMS, AuditEntry

_MODELS: Final = {model._meta.db_table: model for model in ALL_FORMS}
_OTHER_FIELDS: Final = {
    "state": "State",
    "excluded": "Excluded from analysis",
    "excluded_reason": "Reason for exclusion",
}


@dataclass(frozen=True)
class Change:
    label: str
    old: str
    new: str


class Titles:
    """Names the record of each entry; an entry of a change does not repeat the number of its record."""

    def __init__(self, patient: Any) -> None:
        self.patient = patient
        self.numbers: dict[tuple[str, str], Any] = {}

    def of(self, entry: AuditEntry) -> str:
        model = _MODELS.get(entry.table)
        if model is None:
            return entry.table
        if not model.repeats:
            return str(model._meta.verbose_name)
        return title_of_number(model, self._number(model, entry))

    def _number(self, model: Any, entry: AuditEntry) -> Any:
        key = (entry.table, entry.row)
        if key not in self.numbers:
            rows = AuditEntry.objects.filter(patient_id=self.patient.pk, table=entry.table, operation="I")
            for row in rows:
                self.numbers[row.table, row.row] = (row.new or {}).get(model.number_field)
        return self.numbers.get(key)


def role_in_words(role: str) -> str:
    return Role(role).label if role in Role.values else role


def changes_of(entry: AuditEntry) -> list[Change]:
    """The changed fields with their labels, values in words; missing reasons stand with their field."""
    model = _MODELS.get(entry.table)
    if model is None:
        return []
    old, new = entry.old or {}, entry.new or {}
    changes = [_change(field, old, new) for field in crf_fields(model)]
    changes += [
        Change(label, str(old.get(name) or ""), str(new.get(name) or "")) for name, label in _OTHER_FIELDS.items()
    ]
    return [change for change in changes if change.old != change.new]


def _change(field: Any, old: dict[str, Any], new: dict[str, Any]) -> Change:
    return Change(str(field.verbose_name), _answer(field, old), _answer(field, new))


def _answer(field: Any, row: dict[str, Any]) -> str:
    reason = (row.get("missing") or {}).get(field.name)
    return words.value_in_words(field, row.get(field.column)) or words.reason_in_words(reason)
