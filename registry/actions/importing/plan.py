"""A patient of a file: every row compared, then all records checked side by side, as the pages check one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from registry.actions.importing.blame import put_at_cells
from registry.actions.importing.compare import RowPlan, compare
from registry.actions.importing.rows import CellState, Fault, FileRow, Says
from registry.actions.importing.stored import StoredPatient
from registry.actions.save_record import missing_faults, require_rights
from registry.checks import completeness, engine
from registry.checks.engine import Outcome
from registry.checks.finding import Finding
from registry.checks.records import PatientRecords
from registry.crf.fields import crf_fields
from registry.models import FORMS_BY_NAME, Centre
from registry.models.patient_records import records_of

TWICE: Final = "twice"


@dataclass(frozen=True)
class Setting:
    """What holds for all patients of a batch."""

    centre: Centre
    by: Any
    as_drafts: bool
    data_cut_off: Any
    today: Any


@dataclass
class PatientPlan:
    """What the rows of one patient would do; `outcome` is what the checks say of it then."""

    number: str
    rows: list[RowPlan]
    records: PatientRecords | None = None
    outcome: Outcome | None = None

    @property
    def has_faults(self) -> bool:
        return any(plan.row.faults for plan in self.rows)


def plan_patient(number: str, rows: Sequence[FileRow], known: StoredPatient, setting: Setting) -> PatientPlan:
    """Every fault of the patient at once, at the cells that it concerns."""
    if known.patient is None and not any(row.form == "patient" for row in rows):
        _refuse_unknown(rows)
    _refuse_repeated(rows)
    plans = [compare(row, known, centre=setting.centre, as_drafts=setting.as_drafts) for row in rows]
    plan = PatientPlan(number, plans)
    for each in plans:
        _refuse_without_right(each, setting)
        _refuse_what_no_draft_may_hold(each)
    if any(each.writes for each in plans) and (known.patient is not None or _patient_of(plans) is not None):
        _check(plan, known, setting)
    return plan


def _refuse_unknown(rows: Iterable[FileRow]) -> None:
    message = _("The registry has no patient of this number at this centre, and the file has no row for the patient.")
    for row in rows:
        row.faults.append(Fault(row.key_column, message, "patient"))


def _refuse_repeated(rows: Iterable[FileRow]) -> None:
    """The first row of a form and number counts; another one is a fault."""
    first: dict[tuple[str, Any], FileRow] = {}
    for row in rows:
        if not _is_numbered(row):
            continue
        before = first.setdefault((row.form, row.number), row)
        if before is not row:
            where = {"sheet": before.sheet, "row": before.row}
            message = (
                _("The same form of the same patient stands already on sheet %(sheet)s, row %(row)d.")
                if before.sheet
                else _("The same form of the same patient stands already in row %(row)d.")
            )
            message %= where
            row.faults.append(Fault(row.number_column or row.key_column, message, TWICE))


def _is_numbered(row: FileRow) -> bool:
    """A number that cannot be read is a fault already, and leaves open which record the row is."""
    model: Any = FORMS_BY_NAME[row.form]
    return not model.repeats or row.number is not None


def _is_one_record(row: FileRow) -> bool:
    return _is_numbered(row) and not any(fault.check_id == TWICE for fault in row.faults)


def _refuse_without_right(plan: RowPlan, setting: Setting) -> None:
    if not plan.writes:
        return
    try:
        require_rights(setting.by, plan.record, plan.changes, is_new=plan.stored is None)
    except PermissionDenied as error:
        plan.row.faults.append(Fault(_first_changed(plan), str(error), "right"))


def _refuse_what_no_draft_may_hold(plan: RowPlan) -> None:
    for name, message in missing_faults(plan.record):
        cell = plan.row.cell_of(name)
        plan.row.faults.append(Fault(cell.column if cell else plan.row.key_column, message))


def _first_changed(plan: RowPlan) -> str:
    changed = (cell.column for cell in plan.row.cells if cell.state in (CellState.NEW, CellState.CHANGED))
    return next(changed, plan.row.key_column)


def _patient_of(plans: Iterable[RowPlan]) -> Any:
    return next((plan.record for plan in plans if plan.row.form == "patient"), None)


def _check(plan: PatientPlan, known: StoredPatient, setting: Setting) -> None:
    """Hard findings become faults where a record is to be complete; the others are for the queries."""
    rows = [each for each in plan.rows if _is_one_record(each.row)]
    patient = _patient_of(rows) or known.patient
    replaced = {id(each.stored) for each in rows if each.stored is not None}
    forms = [record for record in known.forms if id(record) not in replaced]
    for each in rows:
        if each.row.form != "patient":
            each.record.patient = patient
            forms.append(each.record)
    plan.records = records_of(patient, tuple(forms), today=setting.today, data_cut_off=setting.data_cut_off)
    plan.outcome = engine.run(plan.records)
    put_at_cells(rows, _blocking(rows, plan.outcome))


def _blocking(rows: Iterable[RowPlan], outcome: Outcome) -> list[Finding]:
    """What keeps the records that are written from being complete, each finding once."""
    found: dict[tuple[str, str, Any], Finding] = {}
    for each in rows:
        if each.writes and each.wants_complete and not each.is_locked:
            number = getattr(each.record, "instance_no", None)
            faults = [*completeness.faults(each.record), *outcome.blocking(each.row.form, number)]
            for finding in faults:
                if not _is_about_unreadable(finding, each):
                    found.setdefault((finding.check_id, finding.message, finding.places), finding)
    return list(found.values())


def _is_about_unreadable(finding: Finding, plan: RowPlan) -> bool:
    """A cell that cannot be read has its fault already; beside it, what it is the unit of cannot be judged."""
    unreadable = {cell.field for cell in plan.row.cells if cell.says is Says.UNREADABLE}
    return any(
        place.form == plan.row.form and not unreadable.isdisjoint(_with_unit(plan.record, place.field))
        for place in finding.places
    )


def _with_unit(record: Any, name: str) -> set[str]:
    item = next((field.crf for field in crf_fields(type(record)) if field.name == name), None)
    return {name, item.unit_field} if item and item.unit_field else {name}
