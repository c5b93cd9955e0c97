"""Who is told of a published report, and whether the mail left."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from analytics.models.report import Report


class Delivery(models.Model):
    """The mail to one recipient of one report. The row is made with the report; the mail is tried until it leaves."""

    class Problem(models.TextChoices):
        LOST_RIGHT = "lost right", _("may no longer read this report")
        NO_ADDRESS = "no address", _("the account has no e-mail address")
        REFUSED = "refused", _("the mail server did not take it")

    report = models.ForeignKey(Report, models.CASCADE, related_name="deliveries")
    user = models.ForeignKey("registry.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)

    class Meta:
        ordering = ("user__username",)
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="delivery_once_per_user")]
