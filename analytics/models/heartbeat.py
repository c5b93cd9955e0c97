"""When the processes behind the pages were last seen."""

from django.db import models


class Heartbeat(models.Model):
    """One row a kind of process, however many of them run."""

    class Process(models.TextChoices):
        BEAT = "beat"
        WORKER = "worker"

    process = models.CharField(max_length=10, choices=Process, primary_key=True)
    seen_at = models.DateTimeField()
