"""A file brought in by one call and in one transaction: all of it or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from registry.actions.importing.batches import NotNow, acting_on, bring_in, to_write
from registry.actions.importing.rows import CellState, FileRow
from registry.actions.reasons import require_reason
from registry.audit.acting import acting_as
from registry.models import Centre, ImportBatch, ImportRow
from registry.transfer.importing.job import do

State, Work = ImportBatch.State, ImportBatch.Work
UNKNOWN = "unknown column"


@dataclass(frozen=True)
class Done:
    """What came of it. A fault is sheet, row, column, value, check id, message."""

    faults: list[tuple[str, ...]]
    summary: str


class _NotToStay(Exception):
    """Rolls everything back."""


def import_at_once(
    content: bytes, *, name: str, centre: Centre, by: Any, reason: str, dry_run: bool = False, **settings: Any
) -> Done:
    """Raises Refused, the refusals of the actions, PermissionDenied."""
    require_reason(reason)
    try:
        with acting_as(by, reason, centre=centre.pk, channel="import"):
            batch, is_new = bring_in(content, name=name, centre=centre, by=by, wake=False, **settings)
            if batch.is_waiting and not is_new:
                raise NotNow(batch)  # a worker is at it, or will be
            done = _import(batch, by, reason)
            if done.faults or dry_run:
                raise _NotToStay
    except _NotToStay:
        pass
    return done


def _import(batch: ImportBatch, by: Any, reason: str) -> Done:
    if batch.state == State.IMPORTED:
        return Done([], _("This file was imported already: nothing was done."))
    batch.asked_by, batch.reason = by, reason
    with acting_on(batch, reason):
        batch.work = Work.READ
        if do(batch, _tell) == State.COLUMNS:
            return Done([_of_column(column) for column in batch.counts["columns"] if column["target"] is None], "")
        if faults := list(faults_of(batch)):
            return Done(faults, "")
        if to_write(batch).exists():
            batch.work = Work.IMPORT
            do(batch, _tell)
        batch.state, batch.work = State.IMPORTED, Work.IMPORT
        batch.save()
    return Done([], _summary(batch))


def faults_of(batch: ImportBatch) -> Iterator[tuple[str, ...]]:
    """Every fault, and every conflict, in the order of the file."""
    outcomes = (ImportRow.Outcome.FAULT, ImportRow.Outcome.CONFLICT)
    contents = batch.rows.filter(outcome__in=outcomes).order_by("pk").values_list("content", flat=True)
    for content in contents.iterator(chunk_size=1000):
        row = FileRow.from_json(content)
        for fault in row.faults:
            yield row.sheet, str(row.row), fault.column, row.text_at(fault.column), fault.check_id, fault.message
        for cell in row.cells:
            if cell.state == CellState.CONFLICT:
                message = _("The registry has a newer value: %(value)s.") % {"value": cell.before}
                yield row.sheet, str(row.row), cell.column, cell.text, "conflict", message


def _of_column(column: dict[str, Any]) -> tuple[str, ...]:
    message = _("Nothing in the registry is called so. Match the column on the page Import, or remove it.")
    return column["sheet"], str(column["row"]), column["column"], column["heading"], UNKNOWN, message


def _summary(batch: ImportBatch) -> str:
    counts = {name: batch.counts.get(name, 0) for name in ("inserted", "updated", "same")}
    return _("%(inserted)d records entered, %(updated)d changed, %(same)d rows as they were.") % counts


def _tell(step: str, done: int, total: int) -> None:
    """Nobody looks on."""
