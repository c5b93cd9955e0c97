"""What the registry reads of each answer while it is typed: the standard value, and what the checks say of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from registry.checks import completeness, engine
from registry.checks.finding import Finding, Severity
from registry.checks.records import PatientRecords
from registry.crf import units
from registry.crf.fields import crf_fields, is_beside_value
from registry.models.patient_records import load_patient_records
from registry.web import typed_numbers
from registry.web.record_form import RecordForm, as_typed

UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Note:
    """One remark on an answer. `kind` is `unreadable`, `hard` or `soft`."""

    kind: str
    message: str
    check_id: str = ""


@dataclass
class Reading:
    """Beside one question. Empty where there is nothing to say."""

    name: str
    standard: str = ""
    notes: list[Note] = field(default_factory=list)

    def without(self, messages: list[str]) -> "Reading":
        """Without what is said beside the question already."""
        return replace(self, notes=[note for note in self.notes if note.message not in messages])


def records_with(record: Any) -> PatientRecords | None:
    """The patient as if this record were saved; None for a centre."""
    if record.form == "centre":
        return None
    patient = record if record.form == "patient" else record.patient
    return load_patient_records(patient).with_record(record)


def readings(form: RecordForm, records: PatientRecords | None) -> dict[str, Reading]:
    """By question, for a form whose values were put on its record."""
    record = form.record
    fields = [field for field in crf_fields(type(record)) if not is_beside_value(field)]
    found = {field.name: Reading(field.name, _standard(form, field)) for field in fields}
    for name, errors in form.unreadable.items():
        _note(found, name.removesuffix("_missing"), [Note(UNREADABLE, error) for error in errors])
    for finding, names in _findings(record, records):
        for name in names:
            _note(found, name, [Note(finding.severity.value, finding.message, finding.check_id)])
    return found


def _note(found: dict[str, Reading], name: str, notes: list[Note]) -> None:
    reading = found.get(name)
    if reading:
        reading.notes += [note for note in notes if note not in reading.notes]


def _standard(form: RecordForm, field: Any) -> str:
    """What was understood, where something else was typed; a laboratory value also in its standard unit."""
    value = getattr(form.record, field.attname)
    if value is None:
        return ""
    return ", ".join(filter(None, (_understood(form, field, value), _in_standard_unit(form.record, field, value))))


def _understood(form: RecordForm, field: Any, value: Any) -> str:
    """A date or number as it was read; said in words where a number could be meant as thousands."""
    if field.name not in form.fields or field.crf.kind not in ("date", "partial-date", "decimal"):
        return ""
    typed, read = form.data.get(field.name, "").strip(), as_typed(value)
    if field.crf.kind == "decimal" and typed_numbers.is_doubtful(typed):
        meant = {"decimal": read, "thousand": typed_numbers.as_thousand(typed)}
        return _("read as %(decimal)s, not as %(thousand)s") % meant
    return "" if typed == read else f"= {read}"


def _in_standard_unit(record: Any, field: Any, value: Any) -> str:
    if not field.crf.quantity:
        return ""
    standard = completeness.standard_value(field, record)
    if standard is None:
        return _("Which unit?")
    if standard == value:
        return ""
    return f"= {typed_numbers.shown(units.display(field.crf.quantity, standard))} {field.crf.unit}"


def _findings(record: Any, records: PatientRecords | None) -> Iterator[tuple[Finding, list[str]]]:
    """Findings about answers that are there, with these answers. What is unanswered waits for completion."""
    engine_findings = engine.run(records).findings if records else ()
    for finding in (*completeness.outside_hard_range(record), *engine_findings):
        named = _fields_here(finding, record)
        answered = [name for name in named if completeness.is_answered(record._meta.get_field(name), record)]
        if answered and (finding.severity is Severity.SOFT or answered == named):
            yield finding, answered


def _fields_here(finding: Finding, record: Any) -> list[str]:
    number = getattr(record, "instance_no", None)
    return [
        place.field
        for place in finding.places
        if place.field and place.form == record.form and place.instance_no in (None, number)
    ]
