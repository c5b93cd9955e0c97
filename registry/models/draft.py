"""What somebody has typed and not saved: kept as it was typed, for that person only, until the record is saved."""

from django.db import models

from registry.models.patient import Patient
from registry.models.user import User


class Draft(models.Model):
    """Raw input of one form page. Not audited: nothing of it is a value of the registry yet."""

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    patient = models.ForeignKey(Patient, models.CASCADE, null=True, related_name="drafts")  # null: a new patient
    form_name = models.CharField(max_length=30)
    record = models.UUIDField(null=True)  # null: a record that does not exist yet
    base_version = models.PositiveIntegerField(default=0)
    content = models.JSONField(default=dict)
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "patient", "form_name", "record"], name="one_draft_a_page", nulls_distinct=False
            ),
        ]
