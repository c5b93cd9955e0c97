"""A snapshot: the rows of all forms as they were at one moment, frozen as text, with a hash per form and over all."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.audit.changes import BEGINNING
from registry.models.user import User


class Snapshot(models.Model):
    """Written once. Somebody took it, and then it stays; or it is live, made for the outcomes page by nobody, and goes
    once it is superseded, unless a report points to it.

    `moment` says what the audit trail held when the rows were read.
    """

    class DataState(models.TextChoices):
        COMPLETE = "complete", _("patients whose required forms are all complete")
        SIGNED = "signed", _("patients whose required forms are all signed")
        ALL = "all", _("all patients, drafts included")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    is_live = models.BooleanField(default=False)
    moment = models.TextField(default=BEGINNING)
    data_cut_off = models.DateField(null=True)
    data_state = models.CharField(max_length=10, choices=DataState, default=DataState.COMPLETE)
    n_patients = models.PositiveIntegerField()
    dictionary_version = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-taken_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_live=True, taken_by=None) | models.Q(is_live=False, taken_by__isnull=False),
                name="a_live_snapshot_is_taken_by_nobody",
            )
        ]

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
