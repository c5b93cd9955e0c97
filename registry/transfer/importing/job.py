"""What a worker does with a batch that it has claimed; and the same at once, for the command."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.access.context import scope, system
from registry.actions import leases
from registry.actions.errors import ActionRefused
from registry.actions.heartbeat import heartbeat
from registry.actions.importing import carry_out as steps
from registry.actions.importing.batches import acting_on, wake_worker
from registry.actions.leases import WorkLost
from registry.crf.language import Message
from registry.models import ImportBatch, ImportFile, ImportRow
from registry.transfer.importing.found import Found
from registry.transfer.importing.lines import Refused
from registry.transfer.importing.marked import marked_workbook
from registry.transfer.importing.spool import Spool
from registry.transfer.importing.tables import rows_of

logger = logging.getLogger(__name__)
State, Work = ImportBatch.State, ImportBatch.Work
# Where a batch stands again when its work could not be done.
BEFORE: Final = {Work.READ: State.REFUSED, Work.IMPORT: State.PREVIEW, Work.UNDO: State.IMPORTED}
REASON: Final = {Work.READ: "", Work.IMPORT: "reason", Work.UNDO: "undo_reason"}
Tell = Callable[[str, int, int], None]


def work_on(batch_id: int) -> None:
    """Do what is asked of the batch if nobody else does. Whatever happens is written on the batch."""
    batch = _claim(batch_id)
    if batch is None:
        return
    with override(batch.asked_by.language or None):
        try:
            with heartbeat(_mine(batch), lambda: acting_on(batch)) as beat:
                _carry_out(batch, lambda step, done, total: beat.tell(step=step, done=done, total=total))
        except WorkLost:
            logger.warning("import %s was taken over by another worker", batch.public_id)
        except (Refused, ActionRefused) as error:
            _end(batch, BEFORE[batch.work], problem=sentence(error))
        except Exception:
            logger.exception("import %s failed", batch.public_id)
            is_last = batch.attempt >= leases.MAXIMUM_ATTEMPTS
            state = BEFORE[batch.work] if is_last else State.QUEUED
            _end(batch, state, problem=_("The program failed at this; nothing was saved. The log says why."))


def sentence(error: Exception) -> str:
    """Why something was refused, in the language of the one who asked."""
    return str(Message(error.sentence, **error.values)) if isinstance(error, Refused) else str(error)


def _claim(batch_id: int) -> Any:
    with scope(system("scheduler", read="all")):
        batch = ImportBatch.objects.select_related("asked_by", "by", "centre").filter(pk=batch_id).first()
    if batch is None:
        return None
    with acting_on(batch):
        if not leases.claim(ImportBatch.objects, batch_id):
            return None
        return ImportBatch.objects.select_related("asked_by", "by", "centre").get(pk=batch_id)


def _mine(batch: ImportBatch) -> Any:
    return leases.mine(ImportBatch.objects, batch)


def _carry_out(batch: ImportBatch, tell: Tell) -> None:
    reason = getattr(batch, REASON[batch.work]) if REASON[batch.work] else ""
    with acting_on(batch, reason):
        state = do(batch, tell)
        values = {"counts": batch.counts, "left_alone": batch.left_alone}
        times = {"imported_at": batch.imported_at, "undone_at": batch.undone_at}
        # Whoever took the work over keeps it: then all of this is rolled back.
        if not _mine(batch).update(state=state, lease_until=None, step="", problem="", **values, **times):
            raise WorkLost


def do(batch: ImportBatch, tell: Tell) -> str:
    """The work itself, inside one transaction. Returns the state to which it leads."""
    match batch.work:
        case Work.IMPORT:
            steps.import_rows(batch, tell=lambda done, total: tell(_("importing"), done, total))
            return State.IMPORTED
        case Work.UNDO:
            steps.undo(batch, tell=lambda done, total: tell(_("undoing"), done, total))
            return State.UNDONE
    return read(batch, tell)


def read(batch: ImportBatch, tell: Tell) -> str:
    """Compare the file with the registry; or stop at columns that nobody has matched."""
    file, found = batch.file, Found()
    tell(_("reading the file"), 0, 0)
    with Spool() as spool:
        dictionary = None if file.dictionary is None else bytes(file.dictionary)
        for row in rows_of(batch, bytes(file.content), dictionary, found):
            spool.add(row)
        if found.has_unknown:
            ImportRow.objects.filter(batch=batch).delete()
            batch.counts = found.as_json()
            return State.COLUMNS
        patients = ((number, spool.rows_of(number)) for number in spool.numbers())
        steps.preview(
            batch,
            patients,
            total=len(spool.numbers()),
            tell=lambda done, total: tell(_("comparing with the registry"), done, total),
        )
        batch.counts |= found.as_json()
    tell(_("marking the workbook"), 0, 0)
    ImportFile.objects.filter(batch=batch).update(marked=marked_workbook(batch))
    return State.PREVIEW


def _end(batch: ImportBatch, state: str, *, problem: str) -> None:
    with acting_on(batch):
        _mine(batch).update(state=state, lease_until=None, step="", problem=problem)


def reap(*, now: dt.datetime) -> list[int]:
    """Wake workers for what a dead worker or a lost message left; give up what has used up its attempts."""
    left_behind = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=now)
    with scope(system("scheduler", read="all")):
        left = list(ImportBatch.objects.filter(left_behind).select_related("asked_by", "centre"))
    for batch in left:
        if batch.attempt >= leases.MAXIMUM_ATTEMPTS:
            _give_up(batch)
        else:
            wake_worker(batch)
    return [batch.pk for batch in left]


def _give_up(batch: ImportBatch) -> None:
    problem = _("The worker stopped three times before this was done. Ask the administrator to look at the log.")
    with acting_on(batch):
        rows = ImportBatch.objects.filter(pk=batch.pk, state=batch.state, attempt=batch.attempt)
        rows.update(state=BEFORE[batch.work], lease_until=None, step="", problem=problem)
