"""A snapshot: the rows of all forms as they were at one moment, frozen as text, with a hash per form and over all."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.user import User


class Snapshot(models.Model):
    """Written once. A report points to it; without a report it goes when a newer one is taken."""

    class DataState(models.TextChoices):
        COMPLETE = "complete", _("patients whose required forms are all complete")
        SIGNED = "signed", _("patients whose required forms are all signed")
        ALL = "all", _("all patients, drafts included")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    data_cut_off = models.DateField(null=True)
    data_state = models.CharField(max_length=10, choices=DataState, default=DataState.COMPLETE)
    n_patients = models.PositiveIntegerField()
    dictionary_version = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-taken_at",)

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M} {self.sha256[:12]}"


class SnapshotForm(models.Model):
    """The rows of one form: UTF-8 JSON, keys sorted, rows by patient and instance. Only the analysis role reads it."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="forms")
    form = models.CharField(max_length=30)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "form"], name="snapshot_form_once")]
