"""Entries of the audit trail in the words of the paper form."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.access.roles import Role
from registry.crf import words
from registry.crf.fields import crf_fields
from registry.crf.titles import title_of_number
from registry.models import ALL_FORMS, AuditEntry, Patient
from registry.web.board.words import WORDS
from registry.web.history.other_tables import changes_of_other, title_of_other

_FORMS: Final[dict[str, Any]] = {model._meta.db_table: model for model in ALL_FORMS}
_OTHER_FIELDS: Final = {
    "state": gettext_lazy("State"),
    "excluded": gettext_lazy("Excluded from analysis"),
    "excluded_reason": gettext_lazy("Reason for exclusion"),
}


@dataclass(frozen=True)
class Change:
    """One field of one entry; `name` is that of the dictionary."""

    name: str
    label: str
    old: str
    new: str


class Names:
    """The patients and records of some entries by name: two queries, however many entries."""

    def __init__(self, entries: Iterable[AuditEntry]) -> None:
        entries = list(entries)
        ids = {entry.patient_id for entry in entries if entry.patient_id}
        self.patients = {patient.pk: patient for patient in Patient.objects.filter(pk__in=ids)} if ids else {}
        self.numbers = _numbers(entries)

    def patient(self, entry: AuditEntry) -> Patient | None:
        return self.patients.get(entry.patient_id or 0)

    def number(self, entry: AuditEntry) -> Any:
        """The number or time point of a repeat; None where the form does not repeat."""
        return self.numbers.get((entry.table, entry.row))

    def title(self, entry: AuditEntry) -> str:
        model = _FORMS.get(entry.table)
        if model is None:
            return title_of_other(entry)
        return title_of_number(model, self.number(entry)) if model.repeats else str(model._meta.verbose_name)


def _numbers(entries: Iterable[AuditEntry]) -> dict[tuple[str, str], Any]:
    """A change does not repeat the number of its record; the entry of its making has it."""
    rows: dict[str, set[str]] = {}
    for entry in entries:
        if entry.table in _FORMS and _FORMS[entry.table].repeats:
            rows.setdefault(entry.table, set()).add(entry.row)
    if not rows:
        return {}
    wanted = Q()
    for table, keys in rows.items():
        wanted |= Q(table=table, row__in=keys)
    made = (
        AuditEntry.objects.filter(wanted, operation=AuditEntry.Operation.INSERT).only("table", "row", "new").order_by()
    )
    return {(each.table, each.row): (each.new or {}).get(_FORMS[each.table].number_field) for each in made}


def form_name(entry: AuditEntry) -> str:
    """The name of the form in the dictionary; of another table its own."""
    model = _FORMS.get(entry.table)
    return str(model.form) if model else entry.table.removeprefix("registry_")


def role_in_words(role: str) -> str:
    if role == "system":
        return _("the registry itself")
    return str(Role(role).label) if role in Role.values else role


def changes_of(entry: AuditEntry, only: Collection[str] = ()) -> list[Change]:
    """The changed fields with their labels, values in words; missing reasons stand with their field.

    With `only`, the fields of these names.
    """
    found = _of_form(entry) if entry.table in _FORMS else (Change(*each) for each in changes_of_other(entry))
    return [change for change in found if change.old != change.new and (not only or change.name in only)]


def _of_form(entry: AuditEntry) -> Iterator[Change]:
    old, new = entry.old or {}, entry.new or {}
    told = {*old, *new, *(old.get("missing") or {}), *(new.get("missing") or {})}
    for field in _items(entry.table):
        if field.column in told or field.name in told:
            yield Change(field.crf.name, str(field.verbose_name), _answer(field, old), _answer(field, new))
    for name, label in _OTHER_FIELDS.items():
        yield Change(name, str(label), *(_beside_the_items(name, row.get(name)) for row in (old, new)))


def _beside_the_items(name: str, value: Any) -> str:
    """The state of a record, and whether and why it is left out of the analyses."""
    if name == "state":
        return str(WORDS.get(value, ""))
    if isinstance(value, bool):
        return _("yes") if value else ""
    return str(value or "")


@cache
def _items(table: str) -> list[Any]:
    return crf_fields(_FORMS[table])


def _answer(field: Any, row: dict[str, Any]) -> str:
    reason = (row.get("missing") or {}).get(field.name)
    return words.value_in_words(field, row.get(field.column)) or words.reason_in_words(reason)
