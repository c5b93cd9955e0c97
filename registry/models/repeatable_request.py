"""A request of a program that may be sent again: its answer is kept for a while under the key that the program gave."""

from django.db import models

from registry.models.user import User


class RepeatableRequest(models.Model):
    """Written together with what the request wrote: both are there or neither. Seen by its user only."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)  # of address and body, and of who the user was
    at = models.DateTimeField(auto_now_add=True)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    content = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="request_once_per_key")]

    @property
    def is_answered(self) -> bool:
        return self.status > 0
