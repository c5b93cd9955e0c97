"""What is true of a record beside its state: that it was verified against the source, and that it was signed.

Both rest on the content as it was: a change drops them. The audit trail keeps that they were there.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.access.querysets import CentreQuerySet
from registry.models.centre import Centre
from registry.models.patient import Patient
from registry.models.user import User


class RecordFact(models.Model):
    """A fact about one record, known by its form and key."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="%(class)s_set")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    form_name = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = CentreQuerySet.as_manager()

    class Meta:
        abstract = True


class Verification(RecordFact):
    """Source data verification of a record, or of the listed items of it."""

    fields = models.JSONField(default=list)  # empty: the whole record

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form_name", "record_id"], name="verified_once")]


class Signature(RecordFact):
    """An electronic signature: who, when, what it means, and the hash of what was signed."""

    class Meaning(models.TextChoices):
        APPROVED = "approved", _("I have reviewed this record and it is correct and complete.")

    meaning = models.CharField(max_length=20, choices=Meaning, default=Meaning.APPROVED)
    signer_name = models.CharField(max_length=120)
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form_name", "record_id"], name="signed_once")]
