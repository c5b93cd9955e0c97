"""What a plan writes: new records together, changed ones by their version, then the queries of the rules."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import IntegrityError
from django.db.models import F

from registry.actions.errors import StaleVersion
from registry.actions.importing.compare import RowPlan
from registry.actions.importing.plan import PatientPlan
from registry.actions.record_facts import drop_facts, reasons_changed
from registry.actions.rule_queries import update_rule_queries_of
from registry.crf.rows import plain
from registry.models import CrfForm, ImportBatch, ImportedRecord

State = CrfForm.State


def write(batch: ImportBatch, plans: Sequence[PatientPlan]) -> list[ImportedRecord]:
    """Inside `acting_as` and with the patients held. Raises StaleVersion where somebody else was faster."""
    written = [row for plan in plans for row in plan.rows if row.writes]
    for row in written:
        row.record.state = State.COMPLETE if row.wants_complete else State.IN_PROGRESS
    _insert([row for row in written if row.stored is None])
    for row in written:
        if row.stored is not None:
            _update(row)
    update_rule_queries_of([(plan.records, plan.outcome.findings) for plan in plans if plan.records and plan.outcome])
    kept = [_kept(batch, row) for row in written]
    return ImportedRecord.objects.bulk_create(kept)


def _insert(rows: Sequence[RowPlan]) -> None:
    """The patients first: their forms carry their key."""
    by_model: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        by_model[type(row.record)].append(row.record)
    try:
        for model in sorted(by_model, key=lambda model: model.form != "patient"):
            for record in by_model[model]:
                if model.form != "patient":
                    record.patient = record.patient  # the key of a patient who was saved a moment ago
            model.objects.bulk_create(by_model[model])
    except IntegrityError as error:
        raise StaleVersion(None) from error  # somebody began the same form, or took the number, meanwhile


def _update(row: RowPlan) -> None:
    record, stored = row.record, row.stored
    rows = type(record).objects.filter(pk=record.pk, version=stored.version)
    if rows.update(**row.changes, state=record.state, version=F("version") + 1) != 1:
        raise StaleVersion(stored)
    record.version = stored.version + 1
    if row.changes:
        drop_facts(record, row.changes.keys() | reasons_changed(stored.missing, record.missing))


def _kept(batch: ImportBatch, row: RowPlan) -> ImportedRecord:
    before = {} if row.stored is None else dict(_columns(row, row.stored))
    return ImportedRecord(
        batch=batch,
        centre_id=batch.centre_id,
        patient_number=row.row.patient,
        form=row.row.form,
        record=row.record.pk,
        version=row.record.version,
        is_new=row.stored is None,
        before=before,
        after={} if row.stored is None else dict(_columns(row, row.record)),
    )


def _columns(row: RowPlan, record: Any) -> Iterator[tuple[str, Any]]:
    for name in (*row.changes, "state"):
        yield name, plain(getattr(record, name))
