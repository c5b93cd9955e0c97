"""A report that comes by itself: which kind, of whom, when, with whose rights, and who is told."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analytics.models.kind import Kind
from registry.access.roles import Role
from registry.models.snapshot import Snapshot


class ReportDefinition(models.Model):
    """`schedule` is a cron expression in the time zone of the registry; due times before `effective_from` are nobody's.

    The rights of `run_as` are those of the day on which the definition was saved: role and centre are kept, and a run
    is refused when the account has others by then.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30, choices=Kind, default=Kind.FULL_ANALYSIS)
    centre = models.ForeignKey("registry.Centre", models.PROTECT, null=True, blank=True, related_name="+")
    data_state = models.CharField(max_length=10, choices=Snapshot.DataState, default=Snapshot.DataState.COMPLETE)
    schedule = models.CharField(max_length=60, default="0 2 * * *")
    is_active = models.BooleanField(default=True)
    run_as = models.ForeignKey("registry.User", models.PROTECT, related_name="+")
    run_as_role = models.CharField(max_length=30, choices=Role)
    run_as_centre = models.PositiveSmallIntegerField(null=True, blank=True)
    recipients = models.ManyToManyField("registry.User", blank=True, related_name="+")
    effective_from = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=Kind.CENTRE_REPORT, centre__isnull=False)
                | (~models.Q(kind=Kind.CENTRE_REPORT) & models.Q(centre__isnull=True)),
                name="definition_centre_by_kind",
                violation_error_message=_(
                    "A centre report is of one centre, or made for every centre; "
                    "the other kinds are of the whole registry."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
