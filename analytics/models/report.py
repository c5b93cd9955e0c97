"""What was published: reports, each number of them with its hash, and their files."""

import uuid

from django.db import models
from django.utils import timezone

from analytics.models.kind import Kind
from analytics.models.run import Run
from registry.models.snapshot import Snapshot


class Report(models.Model):
    """A published report: pinned to its snapshot and its code, never edited. One run publishes one report.

    `problems` names the entries that could not be computed although they should: with any, the report is partial.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.OneToOneField(Run, models.PROTECT, related_name="report")
    kind = models.CharField(max_length=30, choices=Kind)
    centre = models.ForeignKey("registry.Centre", models.PROTECT, null=True, related_name="+")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="reports")
    data_state = models.CharField(max_length=10, choices=Snapshot.DataState)
    code_version = models.CharField(max_length=100)
    data_cut_off = models.DateField(null=True)
    published_at = models.DateTimeField(default=timezone.now)
    document = models.JSONField()
    provenance = models.JSONField()
    problems = models.JSONField(default=list)
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
    """A file of a report: a document, results.json, the analysis data set, a figure."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    name = models.CharField(max_length=80)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="report_file_once_per_name")]
