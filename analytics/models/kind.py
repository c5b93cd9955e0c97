"""What a report is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    FULL_ANALYSIS = "full analysis", _("Full analysis")
    CENTRE_REPORT = "centre report", _("Centre report")
    DATA_QUALITY = "data quality", _("Data quality")
    SAFETY = "safety", _("Safety: SOS/VOD")
