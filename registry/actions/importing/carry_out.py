"""The work of a batch, inside one transaction each: previewing what a file would do, doing it, undoing it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import database_locks
from registry.actions.database_locks import NUMBERS
from registry.actions.errors import ActionRefused
from registry.actions.frozen import refuse_while_frozen
from registry.actions.importing.batches import to_write
from registry.actions.importing.compare import NOT_BEGUN, RowPlan
from registry.actions.importing.plan import PatientPlan, Setting, plan_patient
from registry.actions.importing.rows import CellState, FileRow
from registry.actions.importing.stored import load
from registry.actions.importing.undo import undo_patients
from registry.actions.importing.write import write
from registry.actions.one_writer import begin_import
from registry.models import ImportBatch, ImportRow, Patient, RegistrySettings

PATIENTS_AT_A_TIME: Final = 50
Tell = Callable[[int, int], None]  # how many patients of how many
OfPatient = tuple[str, Sequence[FileRow]]


class NotAsSeen(ActionRefused):
    """A chosen row has a fault now: the registry changed since the preview, or a row that it needs was left out."""

    def __init__(self, plans: Iterable[PatientPlan]) -> None:
        row = next(each.row for plan in plans for each in plan.rows if each.row.faults)
        values = {"sheet": row.sheet, "row": row.row, "message": row.faults[0].message}
        text = _("Nothing was imported. Sheet %(sheet)s, row %(row)d, as it would be now: %(message)s")
        super().__init__(text % values)


def preview(batch: ImportBatch, patients: Iterable[OfPatient], *, total: int, tell: Tell) -> None:
    """Write down what every row would do."""
    setting = _setting(batch)
    ImportRow.objects.filter(batch=batch).delete()
    counts: Counter[str] = Counter()
    done = 0
    for some in _some(patients):
        plans = _plans(some, setting)
        rows = [row for plan in plans for row in plan.rows]
        ImportRow.objects.bulk_create(_row(batch, row, counts) for row in rows)
        done += len(some)
        tell(done, total)
    batch.counts = dict(counts)


def import_rows(batch: ImportBatch, *, tell: Tell) -> None:
    """All the chosen rows or none. Raises NotAsSeen where a row has a fault now."""
    refuse_while_frozen()
    begin_import(batch.centre_id)
    setting = _setting(batch)
    rows = to_write(batch)
    numbers = list(rows.order_by("patient_number").values_list("patient_number", flat=True).distinct())
    if rows.filter(form=Patient.form, outcome=ImportRow.Outcome.NEW).exists():
        database_locks.wait_for(NUMBERS, batch.centre_id)
    counts: Counter[str] = Counter()
    done = 0
    for some in _some(numbers):
        _hold(batch, some)
        plans = _plans(_chosen(batch, some), setting)
        if any(plan.has_faults for plan in plans):
            raise NotAsSeen(plans)
        for record in write(batch, plans):
            counts["inserted" if record.is_new else "updated"] += 1
        counts["conflicts"] += sum(_conflicts(row) for plan in plans for row in plan.rows)  # that there are by now
        done += len(some)
        tell(done, len(numbers))
    batch.counts = batch.counts | {"patients": len(numbers)} | counts
    batch.imported_at = timezone.now()


def undo(batch: ImportBatch, *, tell: Tell) -> None:
    """What the batch wrote is taken back as far as nobody changed it since.

    Higher numbers first: a question about two patients stands at the higher one and names the lower.
    """
    refuse_while_frozen()
    begin_import(batch.centre_id)
    numbers = list(batch.records.order_by("patient_number").values_list("patient_number", flat=True).distinct())
    _hold(batch, numbers)
    left: list[str] = []
    done = 0
    for some in _some(reversed(numbers)):
        for of_patient in undo_patients(batch, some):
            left += of_patient
            done += 1
        tell(done, len(numbers))
    batch.left_alone = left
    batch.undone_at = timezone.now()


def _setting(batch: ImportBatch) -> Setting:
    return Setting(
        centre=batch.centre,
        by=batch.asked_by,
        as_drafts=batch.as_drafts,
        data_cut_off=RegistrySettings.load().data_cut_off,
        today=timezone.localdate(),
    )


def _some(things: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    left = iter(things)
    while some := tuple(islice(left, PATIENTS_AT_A_TIME)):
        yield some


def _plans(patients: Sequence[OfPatient], setting: Setting) -> list[PatientPlan]:
    known = load(setting.centre, [number for number, _rows in patients])
    return [plan_patient(number, rows, known[number], setting) for number, rows in patients]


def _hold(batch: ImportBatch, numbers: Sequence[str]) -> None:
    """In the order of their numbers; whoever saves one of them just now is waited for."""
    patients = Patient.objects.select_for_update(no_key=True).filter(centre=batch.centre_id, number__in=numbers)
    list(patients.order_by("number").values_list("pk"))


def _chosen(batch: ImportBatch, numbers: Sequence[str]) -> list[OfPatient]:
    found: dict[str, list[FileRow]] = {number: [] for number in numbers}
    for row in to_write(batch).filter(patient_number__in=numbers):
        found[row.patient_number].append(FileRow.from_json(row.content))
    return list(found.items())


def _conflicts(plan: RowPlan) -> int:
    return sum(cell.state == CellState.CONFLICT for cell in plan.row.cells)


def _row(batch: ImportBatch, plan: RowPlan, counts: Counter[str]) -> ImportRow:
    row = plan.row
    if plan.stored is None:
        row.version = NOT_BEGUN
    elif row.version is None:
        row.version = plan.stored.version  # what is saved from now on is newer
    counts[plan.outcome] += 1
    counts["faults"] += len({fault.column for fault in row.faults})
    counts["conflicts"] += _conflicts(plan)
    return ImportRow(
        batch=batch,
        centre_id=batch.centre_id,
        sheet=row.sheet,
        row=row.row,
        form=row.form,
        patient_number=row.patient,
        outcome=plan.outcome,
        is_chosen=not row.faults,
        content=row.as_json(with_silent=bool(row.faults)),
    )
