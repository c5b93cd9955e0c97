"""The outcomes page: the newest computation, and the work on the next. It has no id to be cited by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from analytics.models.run import Run
from registry.models.snapshot import Snapshot

UNFINISHED = (Run.State.QUEUED, Run.State.RUNNING)


class LiveRun(models.Model):
    """One computation of the outcomes page; a worker owns it as long as its lease runs. One at a time waits or runs."""

    State = Run.State

    state = models.CharField(max_length=10, choices=Run.State, default=Run.State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    step = models.CharField(max_length=120, blank=True)
    problem = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(state__in=UNFINISHED), name="one_unfinished_live_run"
            )
        ]

    def __str__(self) -> str:
        return f"live outcomes asked for at {self.created_at:%Y-%m-%d %H:%M:%S}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


class LiveOutcomes(models.Model):
    """What the page shows. Only the newest stays.

    `headline` holds the numbers at the top, `sections` what stands beneath, `by_group` the figures of each grouping;
    `problems` names what could not be computed although it should.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    computed_at = models.DateTimeField(default=timezone.now)
    code_version = models.CharField(max_length=100)
    headline = models.JSONField()
    sections = models.JSONField()
    by_group = models.JSONField()
    problems = models.JSONField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"outcomes computed {self.computed_at:%Y-%m-%d %H:%M:%S}"


class LivePatients(models.Model):
    """Whom the lists may name, centre by centre, so that a reader is given those of the own centres only.

    `rows` are the places of these patients in the lists, in the order of their numbers.
    """

    outcomes = models.ForeignKey(LiveOutcomes, models.CASCADE, related_name="patients")
    centre = models.ForeignKey("registry.Centre", models.PROTECT, related_name="+")
    numbers = ArrayField(models.CharField(max_length=20))
    rows = ArrayField(models.PositiveIntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcomes", "centre"], name="live_patients_once_per_centre")]


class LiveList(models.Model):
    """The patients behind one number of the page: a bit a patient. `place` says which number it is."""

    outcomes = models.ForeignKey(LiveOutcomes, models.CASCADE, related_name="lists")
    place = models.CharField(max_length=120)
    title = models.TextField()
    n = models.PositiveIntegerField()
    members = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcomes", "place"], name="live_list_once_per_place")]
