"""The life of an import: brought in, matched, looked at, carried out, undone. Each step is asked for here."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.frozen import refuse_while_frozen
from registry.actions.reasons import require_reason
from registry.audit.acting import acting_as
from registry.models import Centre, ColumnMapping, ImportBatch, ImportFile, ImportRow, WordMapping

State, Work = ImportBatch.State, ImportBatch.Work
CHANNEL = "import"


class NotNow(ActionRefused):
    """The batch is in a state in which this cannot be asked for; somebody else was first."""

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__(_("This import is now: %(state)s. Look at it again.") % {"state": batch.get_state_display()})


class NothingToImport(ActionRefused):
    def __init__(self) -> None:
        super().__init__(_("No row is chosen that would change anything."))


def acting_on(batch: ImportBatch, reason: str = "") -> AbstractContextManager[None]:
    """Everything that a batch writes is signed by who asked for it, with its id in the trail."""
    return acting_as(batch.asked_by, reason, centre=batch.centre_id, channel=CHANNEL, batch=str(batch.public_id))


def bring_in(
    content: bytes,
    *,
    name: str,
    centre: Centre,
    by: Any,
    dictionary: bytes | None = None,
    wake: bool = True,
    **settings: Any,
) -> tuple[ImportBatch, bool]:
    """A new batch, waiting to be read; or the one that this file has already, and False."""
    require(by, Permission.ENTER_DATA, centre=centre.pk)
    sha256 = hashlib.sha256(content + (dictionary or b"")).hexdigest()
    about = {"by": by, "asked_by": by, "file_name": name[:200]} | settings
    with acting_as(by, centre=centre.pk, channel=CHANNEL):
        at_work = ImportBatch.objects.exclude(state__in=ImportBatch.OVER)
        # Of the same file brought in twice at once, the second waits for the first and gets its batch.
        batch, is_new = at_work.get_or_create(centre=centre, sha256=sha256, defaults=about)
        if is_new:
            ImportFile.objects.create(batch=batch, centre=centre, content=content, dictionary=dictionary)
        if is_new and wake:
            wake_worker(batch)
    return batch, is_new


def match_columns(batch: ImportBatch, mapping: Mapping[tuple[str, str], str], *, by: Any) -> None:
    """Remember what the columns of this centre's tables are, by sheet and heading, and read the file again."""
    with _asking(batch, by, states=(State.COLUMNS, State.PREVIEW)):
        for (sheet, heading), target in mapping.items():
            ColumnMapping.objects.update_or_create(
                centre_id=batch.centre_id, sheet=sheet, heading=heading, defaults={"target": target}
            )
        _queue(batch, Work.READ)


def match_words(batch: ImportBatch, mapping: Mapping[tuple[str, str], Mapping[str, str] | None], *, by: Any) -> None:
    """Remember what the words of this centre's tables mean, by item and word, and read the file again. None forgets."""
    with _asking(batch, by, states=(State.PREVIEW,)):
        for (item, word), meaning in mapping.items():
            known: dict[str, Any] = {"centre_id": batch.centre_id, "item": item, "word": word}
            if meaning is None:
                WordMapping.objects.filter(**known).delete()
            else:
                WordMapping.objects.update_or_create(**known, defaults=meaning)
        _queue(batch, Work.READ)


def read_again(batch: ImportBatch, *, by: Any, **settings: Any) -> None:
    """With another notation, or as drafts."""
    with _asking(batch, by, states=(State.COLUMNS, State.PREVIEW)):
        _queue(batch, Work.READ, **settings)


def choose(batch: ImportBatch, *, shown: Iterable[int], chosen: Iterable[int], by: Any) -> None:
    """Of the rows that were shown, take these and no others."""
    with _asking(batch, by, states=(State.PREVIEW,)):
        rows = ImportRow.objects.filter(batch=batch, pk__in=list(shown))
        rows.update(is_chosen=False)
        rows.filter(pk__in=list(chosen)).exclude(outcome=ImportRow.Outcome.FAULT).update(is_chosen=True)


def choose_all(batch: ImportBatch, *, by: Any, chosen: bool) -> None:
    """Every row without a fault, or none."""
    with _asking(batch, by, states=(State.PREVIEW,)):
        rows = ImportRow.objects.filter(batch=batch).exclude(outcome=ImportRow.Outcome.FAULT)
        rows.exclude(is_chosen=chosen).update(is_chosen=chosen)


def to_write(batch: ImportBatch) -> Any:
    """The chosen rows that would change the registry."""
    outcomes = (ImportRow.Outcome.NEW, ImportRow.Outcome.CHANGED, ImportRow.Outcome.CONFLICT)
    return ImportRow.objects.filter(batch=batch, is_chosen=True, outcome__in=outcomes)


def request_import(batch: ImportBatch, *, by: Any, reason: str) -> None:
    require_reason(reason)
    refuse_while_frozen()
    with _asking(batch, by, states=(State.PREVIEW,)):
        if not to_write(batch).exists():
            raise NothingToImport
        _queue(batch, Work.IMPORT, reason=reason.strip())


def request_undo(batch: ImportBatch, *, by: Any, reason: str) -> None:
    require_reason(reason)
    refuse_while_frozen()
    with _asking(batch, by, states=(State.IMPORTED,)):
        _queue(batch, Work.UNDO, undo_reason=reason.strip())


def discard(batch: ImportBatch, *, by: Any) -> None:
    """Nothing of it was imported: the rows go, the note that it was brought in stays."""
    with _asking(batch, by, states=(State.COLUMNS, State.PREVIEW, State.REFUSED)):
        ImportRow.objects.filter(batch=batch).delete()
        ImportFile.objects.filter(batch=batch).delete()
        _set(batch, state=State.DISCARDED)


def wake_worker(batch: ImportBatch) -> None:
    # Without a broker, the reaper finds it.
    transaction.on_commit(lambda: current_app.send_task("registry.tasks.work_on_import", args=[batch.pk]), robust=True)


@contextmanager
def _asking(batch: ImportBatch, by: Any, *, states: Sequence[str]) -> Iterator[None]:
    """The transaction of one step, for who may take it and while the batch is in one of these states: one at a time."""
    require(by, Permission.ENTER_DATA, centre=batch.centre_id)
    batch.asked_by = by
    with acting_on(batch):
        # Rows of the batch may be written meanwhile: their key to it does not change.
        stored = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if stored.state not in states:
            raise NotNow(stored)
        yield


def _queue(batch: ImportBatch, work: str, **settings: Any) -> None:
    _set(batch, state=State.QUEUED, work=work, attempt=0, problem="", asked_by=batch.asked_by, **settings)
    wake_worker(batch)


def _set(batch: ImportBatch, **values: Any) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(**values)
    for name, value in values.items():
        setattr(batch, name, value)
