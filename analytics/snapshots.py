"""Reading a snapshot back, with the role that alone may, and refusing one that was altered."""

import datetime as dt
import json
from typing import Any

from django.utils import timezone

from registry.crf.rows import canonical_json, digest
from registry.models.snapshot import Snapshot, SnapshotForm

KEPT_WITHOUT_REPORT = dt.timedelta(hours=1)  # a run that is computing from it may still publish


class SnapshotAltered(Exception):
    """A stored byte differs from what was frozen; the text names the form."""


def read_forms(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    """The rows of every form, after each hash was checked."""
    stored = {form.form: form for form in SnapshotForm.objects.using("report").filter(snapshot_id=snapshot.pk)}
    for name, form in stored.items():
        if digest(form.text) != form.sha256:
            raise SnapshotAltered(f"Snapshot {snapshot.public_id}: the rows of the form {name} were altered.")
    if digest(canonical_json([{name: form.sha256 for name, form in stored.items()}])) != snapshot.sha256:
        raise SnapshotAltered(f"Snapshot {snapshot.public_id}: a form was exchanged or is missing.")
    return {name: json.loads(form.text) for name, form in stored.items()}


def delete_superseded() -> None:
    """A snapshot that no report points to goes once a newer one was taken."""
    newest = Snapshot.objects.order_by("-taken_at").values("pk")[:1]
    old = Snapshot.objects.filter(reports=None, taken_at__lt=timezone.now() - KEPT_WITHOUT_REPORT)
    old.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
