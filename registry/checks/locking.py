"""C100: what must be there before a patient can be locked. Asked at the lock, of the patient as a whole."""

from collections.abc import Iterator
from typing import Final

from registry.checks import completeness, engine
from registry.checks.finding import Finding, Place, Severity, place
from registry.checks.records import PatientRecords
from registry.crf import codebook
from registry.crf.language import Message, Words
from registry.crf.titles import numbered_title

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
        counted = Message("1 open query") if open_queries == 1 else Message("{n} open queries", n=open_queries)
        missing.append((place(records.patient), counted))
    return [Finding(CHECK_ID, Severity.HARD, what, (where,)) for where, what in dict.fromkeys(missing)]


def _missing_forms(records: PatientRecords) -> Iterator[tuple[Place, Words]]:
    names = {model.form: model._meta.verbose_name for model in codebook.forms()}
    for form, field in ANSWERED_FOR_ALL:
        record = records.one(form)
        if record is None or (field and getattr(record, field) is None and field not in record.missing):
            yield place(record or form, field), Message("no answer on the form {form}", form=names[form])
    if not records.is_started("follow_up") and not records.is_started("death"):
        yield place("follow_up", "visit_date"), Message("neither a follow-up visit nor a death form")


def _unanswered(records: PatientRecords) -> Iterator[tuple[Place, Words]]:
    for record in records.everything():
        title = numbered_title(record)
        if record.state == "in progress":
            yield place(record), Message("{title} is not complete", title=title)
        for fault in completeness.faults(record):
            yield fault.places[0], Message("{title}: {fault}", title=title, fault=fault.text)
        for field, reason in record.missing.items():
            if reason == PENDING:
                item = record._meta.get_field(field).verbose_name
                yield place(record, field), Message("{title}: {item} is pending", title=title, item=item)


def _contradictions(records: PatientRecords) -> Iterator[tuple[Place, Words]]:
    """Hard findings, now also those against a form that was never started."""
    for finding in engine.run(records, absent_is_final=True).findings:
        if finding.severity is Severity.HARD:
            yield finding.places[0], Message("{finding} ({check})", finding=finding.text, check=finding.check_id)
