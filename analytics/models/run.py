"""The queue of record: one piece of work, and how far it has come."""

import datetime as dt
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analytics.models.definition import ReportDefinition
from analytics.models.kind import Kind
from registry.crf.language import Words, declared, put_together
from registry.models.snapshot import Snapshot


class Run(models.Model):
    """One piece of work. A worker owns it as long as its lease runs; the database decides who.

    What is made stands on the run: a definition that is changed later changes no run. Without a definition somebody
    asked for it; without a snapshot one is taken. `problem` is a sentence taken apart, read in any language.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting for a worker")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    definition = models.ForeignKey(ReportDefinition, models.PROTECT, null=True, related_name="runs")
    kind = models.CharField(max_length=30, choices=Kind, default=Kind.FULL_ANALYSIS)
    centre = models.ForeignKey("registry.Centre", models.PROTECT, null=True, related_name="+")
    data_state = models.CharField(max_length=10, choices=Snapshot.DataState, default=Snapshot.DataState.COMPLETE)
    snapshot = models.ForeignKey(Snapshot, models.SET_NULL, null=True, related_name="runs")
    due_at = models.DateTimeField()
    requested_by = models.ForeignKey("registry.User", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    step = models.CharField(max_length=120, blank=True)
    problem = models.JSONField(default=str, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)  # the newest attempt
    finished_at = models.DateTimeField(null=True)
    retried_by = models.ForeignKey("registry.User", models.PROTECT, null=True, related_name="+")
    retried_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-due_at",)
        constraints = [models.UniqueConstraint(fields=["definition", "due_at"], name="run_once_per_due_time")]

    def __str__(self) -> str:
        return f"{self.definition or self.get_kind_display()} due {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def number(self) -> str:
        """Short enough to be told on the telephone."""
        return str(self.public_id)[:8]

    @property
    def problem_in_words(self) -> Words:
        return put_together(self.problem) or ""

    @property
    def step_in_words(self) -> Words:
        return declared(self.step)

    @property
    def is_waiting(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def duration(self) -> dt.timedelta | None:
        """Of the newest attempt, once it has ended."""
        return self.finished_at - self.started_at if self.started_at and self.finished_at else None
