"""Reading a snapshot back, with the role that alone may, and refusing one that was altered."""

from analytics.cohort.forms import Forms
from analytics.cohort.stored_rows import StoredRows
from analytics.models import LiveOutcomes, Run
from analytics.models.live import UNFINISHED
from analytics.reports.content import Work
from registry.actions.frozen_work import OWED, QUERIES
from registry.crf.language import Message
from registry.crf.rows import canonical_json, digest
from registry.models.snapshot import Snapshot, SnapshotForm


class SnapshotAltered(Exception):
    """A stored byte differs from what was frozen; the text names the form."""


def split(parts: Forms) -> tuple[Forms, Work]:
    """The forms, and the work on them; a snapshot from before the work was frozen has none."""
    forms = {name: rows for name, rows in parts.items() if name not in (QUERIES, OWED)}
    return forms, Work(parts.get(QUERIES, ()), parts.get(OWED, ()))


def read_parts(snapshot: Snapshot) -> dict[str, StoredRows]:
    """The rows of every form, queries and owed forms, after each hash was checked."""
    stored = {form.form: form for form in SnapshotForm.objects.using("report").filter(snapshot_id=snapshot.pk)}
    for name, form in stored.items():
        if digest(form.text) != form.sha256:
            raise SnapshotAltered(
                Message(
                    "Snapshot {snapshot}: the rows of the form {form} were altered.",
                    snapshot=snapshot.public_id,
                    form=name,
                )
            )
    if digest(canonical_json([{name: form.sha256 for name, form in stored.items()}])) != snapshot.sha256:
        raise SnapshotAltered(
            Message("Snapshot {snapshot}: a form was exchanged or is missing.", snapshot=snapshot.public_id)
        )
    return {name: StoredRows(form.text) for name, form in stored.items()}


def delete_superseded() -> None:
    """A live snapshot goes once the outcomes page shows another, unless a report points to it or is made of it.

    What somebody took stays.
    """
    shown = LiveOutcomes.objects.values("snapshot")
    kept = Run.objects.filter(state__in=UNFINISHED, snapshot__isnull=False).values("snapshot")
    Snapshot.objects.filter(is_live=True, reports=None).exclude(pk__in=shown).exclude(pk__in=kept).delete()
