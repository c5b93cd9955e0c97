"""A published report without content, where the content is not the subject."""

from typing import Any

from django.utils import timezone

from analytics.models import Report, ReportDefinition, Run
from registry.models import Snapshot


def publish_nothing(by: Any, *, definition: ReportDefinition | None = None, **fields: Any) -> Report:
    """A run that is done, and its report."""
    now = timezone.now()
    run = Run.objects.create(
        definition=definition, due_at=now, requested_by=by, state=Run.State.DONE, started_at=now, finished_at=now
    )
    snapshot = Snapshot.objects.create(taken_by=by, n_patients=0, dictionary_version="d1", sha256="a" * 64)
    values = {"document": {"title": "Full analysis", "sections": [], "facts": []}, "provenance": [], "sha256": "b" * 64}
    return Report.objects.create(run=run, kind=run.kind, snapshot=snapshot, data_state="complete", **values | fields)
