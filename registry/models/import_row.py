"""What a file says, row by row, beside what the registry has; and what was written of it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.access.querysets import CentreQuerySet
from registry.models.centre import Centre
from registry.models.import_batch import ImportBatch


class ImportRow(models.Model):
    """One form of one patient as the file has it: `content` is a `FileRow` with the state of every cell."""

    class Outcome(models.TextChoices):
        FAULT = "fault", _("fault")
        CONFLICT = "conflict", _("conflict")
        CHANGED = "changed", _("changed")
        NEW = "new", _("new")
        SAME = "same", _("same")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    form = models.CharField(max_length=30)
    patient_number = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, choices=Outcome)
    is_chosen = models.BooleanField(default=True)
    content: Any = models.JSONField()

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["batch", "patient_number"], name="import_row_by_patient")]


class ImportedRecord(models.Model):
    """One record that a batch wrote: the changed columns before and after, so that it can be undone."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="records")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    patient_number = models.CharField(max_length=6)
    form = models.CharField(max_length=30)
    record = models.BigIntegerField()
    version = models.PositiveIntegerField()  # that the import left
    is_new = models.BooleanField()
    before: Any = models.JSONField(default=dict)
    after: Any = models.JSONField(default=dict)

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
