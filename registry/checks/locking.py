"""C100: what must be there before a patient can be locked. Asked at the lock, of the patient as a whole."""

from collections.abc import Iterator
from typing import Any, Final

from registry.checks import completeness, engine
from registry.checks.finding import Finding, Place, Severity, place
from registry.checks.records import PatientRecords

CHECK_ID: Final = "C100"
MESSAGE: Final = "The record is incomplete: {list}."
PENDING: Final = "PEND"
# Answered for every patient: an absent form is not a "no".
ANSWERED_FOR_ALL: Final = (
    ("ino_cycle", ""),
    ("hct", ""),
    ("sos_vod", "occurred"),
    ("gvhd", "agvhd"),
    ("maintenance", "given"),
)


def keeps_from_locking(records: PatientRecords, *, open_queries: int) -> list[Finding]:
    """Everything that is missing, each with its place; nothing where the patient can be locked."""
    missing = [*_missing_forms(records), *_unanswered(records), *_contradictions(records)]
    if open_queries:
        missing.append((place(records.patient), f"{open_queries} open {'query' if open_queries == 1 else 'queries'}"))
    return [Finding(CHECK_ID, Severity.HARD, what, (where,)) for where, what in dict.fromkeys(missing)]


def _missing_forms(records: PatientRecords) -> Iterator[tuple[Place, str]]:
    for form, field in ANSWERED_FOR_ALL:
        record = records.one(form)
        if record is None or (field and getattr(record, field) is None and field not in record.missing):
            yield place(record or form, field), f"no answer on the form {form}"
    if not records.is_started("follow_up") and not records.is_started("death"):
        yield place("follow_up", "visit_date"), "neither a follow-up visit nor a death form"


def _unanswered(records: PatientRecords) -> Iterator[tuple[Place, str]]:
    for record in records.everything():
        title = _title(record)
        if record.state == "in progress":
            yield place(record), f"{title} is not complete"
        for fault in completeness.faults(record):
            yield fault.places[0], f"{title}: {fault.message}"
        for field, reason in record.missing.items():
            if reason == PENDING:
                yield place(record, field), f"{title}: {record._meta.get_field(field).verbose_name} is pending"


def _contradictions(records: PatientRecords) -> Iterator[tuple[Place, str]]:
    """Hard findings, now also those against a form that was never started."""
    for finding in engine.run(records, absent_is_final=True).findings:
        if finding.severity is Severity.HARD:
            yield finding.places[0], f"{finding.message} ({finding.check_id})"


def _title(record: Any) -> str:
    number = getattr(record, "instance_no", None)
    return f"{record._meta.verbose_name} {number or ''}".strip()
