"""What changed from one report to a later one: asked for, computed once, kept."""

from django.db import models
from django.utils import timezone

from analytics.models.report import Report


class Comparison(models.Model):
    """Of two full analyses. Without a document it waits for a worker; the rows of patients of all centres are in it."""

    earlier = models.ForeignKey(Report, models.PROTECT, related_name="+")
    later = models.ForeignKey(Report, models.PROTECT, related_name="comparisons")
    asked_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    document = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="comparison_once_per_pair")]

    def __str__(self) -> str:
        return f"{self.earlier} and {self.later}"
