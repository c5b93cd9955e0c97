"""What the registry does once a day: begun and done, so that it is caught up on after the machine was off."""

from django.db import models


class DailyWork(models.Model):
    """One kind of work on one day. The row is the truth; the scheduler only asks often enough."""

    name = models.CharField(max_length=30)
    day = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="daily_work_once_a_day")]

    def __str__(self) -> str:
        return f"{self.name} of {self.day}"
