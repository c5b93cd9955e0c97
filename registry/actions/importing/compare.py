"""A row of a file beside the record of the registry: the state of every cell, and the record as it would be."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from registry.actions.importing.newer import items_changed_since
from registry.actions.importing.rows import Cell, CellState, Fault, FileRow, Says
from registry.actions.importing.stored import StoredPatient
from registry.actions.save_record import changed_values
from registry.crf import words
from registry.models import FORMS_BY_NAME, CrfForm
from registry.models.import_row import ImportRow

State, Outcome = CrfForm.State, ImportRow.Outcome
NOT_BEGUN = 0  # the version of a record that there was not when the file was compared


@dataclass
class RowPlan:
    """What a row would do: `record` is its record with the values of the file on it."""

    row: FileRow
    record: Any
    stored: Any
    changes: dict[str, Any]
    wants_complete: bool

    @property
    def is_locked(self) -> bool:
        return any(fault.check_id == "locked" for fault in self.row.faults)

    @property
    def outcome(self) -> str:
        if self.row.faults:
            return Outcome.FAULT
        if any(cell.state == CellState.CONFLICT for cell in self.row.cells):
            return Outcome.CONFLICT
        if self.stored is None:
            return Outcome.NEW
        return Outcome.CHANGED if self.writes else Outcome.SAME

    @property
    def writes(self) -> bool:
        """Is there anything to write? Also a draft that the file completes without another value."""
        is_step = self.wants_complete and self.stored is not None and self.stored.state == State.IN_PROGRESS
        return self.stored is None or bool(self.changes) or is_step


def compare(row: FileRow, known: StoredPatient, *, centre: Any, as_drafts: bool) -> RowPlan:
    """The record of the row, found by its number, with the answers of the row on it."""
    stored = known.find(row.form, row.number)
    record = _new_record(row, known, centre) if stored is None else _copy_of(stored)
    changed_since = _changed_since(row, stored)
    for cell in row.cells:
        _apply(cell, record, stored, changed_since)
    plan = RowPlan(row, record, stored, changed_values(record, stored), _wants_complete(row, stored, as_drafts))
    is_locked = State.LOCKED in (getattr(stored, "state", ""), getattr(known.patient, "state", ""))
    if is_locked and plan.writes:
        _refuse_locked(plan)
    if row.version == NOT_BEGUN and stored is not None:
        _refuse_begun(plan)
    return plan


def _new_record(row: FileRow, known: StoredPatient, centre: Any) -> Any:
    model: Any = FORMS_BY_NAME[row.form]
    record = model(centre=centre)
    if row.form == "patient":
        record.number = row.patient
    elif model.repeats:
        setattr(record, model.number_field, row.number)
    if known.patient is not None and row.form != "patient":
        record.patient = known.patient
    return record


def _copy_of(stored: Any) -> Any:
    record = copy(stored)
    record.missing = dict(stored.missing)
    return record


def _wants_complete(row: FileRow, stored: Any, as_drafts: bool) -> bool:
    """What is complete stays so; else the row decides, else the batch."""
    if stored is not None and stored.state != State.IN_PROGRESS:
        return True
    return not as_drafts if row.complete is None else row.complete


def _changed_since(row: FileRow, stored: Any) -> frozenset[str]:
    """Items that were saved after the workbook was made."""
    if stored is None or row.version is None or stored.version <= row.version:
        return frozenset()
    return items_changed_since(stored, row.version)


def _apply(cell: Cell, record: Any, stored: Any, changed_since: frozenset[str]) -> None:
    field = record._meta.get_field(cell.field)
    before = _answer(field, stored) if stored is not None else None
    cell.before = words.answer_in_words(field, stored) if stored is not None else ""
    if cell.says is Says.UNREADABLE:
        cell.state = CellState.FAULT
        return
    if cell.says is Says.KEEP:
        cell.state = CellState.KEEP
        return
    value, reason = _asked(cell, field)
    if before == (value, reason):
        cell.state = CellState.SAME
    elif field.name in changed_since:
        cell.state = CellState.CONFLICT
    else:
        cell.state = _state_of(cell, before)
        _put(record, field, value, reason)


def _state_of(cell: Cell, before: Any) -> CellState:
    if cell.says is Says.CLEAR:
        return CellState.CLEAR if before not in (None, (None, None)) else CellState.SAME
    return CellState.NEW if before in (None, (None, None)) else CellState.CHANGED


def _asked(cell: Cell, field: Any) -> tuple[Any, str | None]:
    if cell.says is Says.VALUE:
        return field.to_python(cell.value), None
    return None, cell.value if cell.says is Says.REASON else None


def _answer(field: Any, record: Any) -> tuple[Any, str | None]:
    return getattr(record, field.attname), record.missing.get(field.name)


def _put(record: Any, field: Any, value: Any, reason: str | None) -> None:
    """A value takes the place of the reason why there was none, and the other way round."""
    setattr(record, field.attname, value)
    record.missing.pop(field.name, None)
    if reason:
        record.missing[field.name] = reason


def _refuse_begun(plan: RowPlan) -> None:
    """It may be of another patient: a number is given to whoever asks first."""
    message = _("This record was entered on the pages after the file was read. Read the file again to see both.")
    plan.row.faults.append(Fault(plan.row.number_column or plan.row.key_column, message, "begun"))


def _refuse_locked(plan: RowPlan) -> None:
    message = _("This record is locked. A monitor or the coordinating investigator can unlock it.")
    changed = (CellState.NEW, CellState.CHANGED, CellState.CLEAR)
    columns = [cell.column for cell in plan.row.cells if cell.state in changed] or [plan.row.key_column]
    plan.row.faults += [Fault(column, message, "locked") for column in columns]
