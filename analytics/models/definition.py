"""A report that comes by itself: which kind, of whom, when, with whose rights, and who is told."""

from django.db import models
from django.utils import timezone

from analytics.models.kind import Kind
from registry.access.roles import Role
from registry.models.snapshot import Snapshot


class ReportDefinition(models.Model):
    """`schedule` is a cron expression in the time zone of the registry.

    The rights of `run_as` are those of the day on which the definition was made: role and centre are kept, and a run
    is refused when the account has others by then.
    """

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
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
