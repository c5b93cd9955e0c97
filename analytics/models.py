"""The queue of record, and what comes of it: runs, results and reports."""

import uuid

from django.db import models
from django.utils import timezone

from registry.models.snapshot import Snapshot


class ReportDefinition(models.Model):
    """A report that the scheduler makes: which kind, with whose rights, at which hour of each day."""

    class Kind(models.TextChoices):
        FULL_ANALYSIS = "full analysis", "Full analysis"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30, choices=Kind, default=Kind.FULL_ANALYSIS)
    run_as = models.ForeignKey("registry.User", models.PROTECT, related_name="+")
    hour = models.PositiveSmallIntegerField("Hour of the day, registry time", default=2)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """One piece of work. A worker owns it as long as its lease runs; the database decides who."""

    class State(models.TextChoices):
        QUEUED = "queued", "waiting for a worker"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    definition = models.ForeignKey(ReportDefinition, models.PROTECT, related_name="runs")
    due_at = models.DateTimeField()
    requested_by = models.ForeignKey("registry.User", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    step = models.CharField(max_length=120, blank=True)
    problem = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-due_at",)
        constraints = [models.UniqueConstraint(fields=["definition", "due_at"], name="run_once_per_due_time")]

    def __str__(self) -> str:
        return f"{self.definition} due {self.due_at:%Y-%m-%d %H:%M}"


class Report(models.Model):
    """A published report: pinned to its snapshot and its code, never edited. One run publishes one report."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.OneToOneField(Run, models.PROTECT, related_name="report")
    kind = models.CharField(max_length=30, choices=ReportDefinition.Kind)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="reports")
    code_version = models.CharField(max_length=100)
    data_cut_off = models.DateField(null=True)
    published_at = models.DateTimeField(default=timezone.now)
    document = models.JSONField()
    sha256 = models.CharField("sha256 of results.json", max_length=64)

    class Meta:
        ordering = ("-published_at",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {timezone.localtime(self.published_at):%Y-%m-%d %H:%M}"


class Result(models.Model):
    """The value of one plan entry in one report, with its hash."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="results")
    entry = models.CharField(max_length=60)
    value = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "entry"], name="result_once_per_entry")]


class ReportFile(models.Model):
    """A file of a report: results.json, the analysis data set, a figure."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    name = models.CharField(max_length=80)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="report_file_once_per_name")]
