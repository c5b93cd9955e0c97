"""What is true of the whole registry: the data cut-off, and whether this is a demonstration."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegistrySettings(models.Model):
    """The one row of its table."""

    data_cut_off = models.DateField(
        _("Data cut-off"), null=True, blank=True, help_text=_("Last day that the current analysis looks at.")
    )
    frozen_at = models.DateTimeField(_("Frozen since"), null=True, editable=False)
    frozen_by = models.ForeignKey("registry.User", models.PROTECT, null=True, editable=False, related_name="+")
    is_demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("Registry settings")
        verbose_name_plural = _("Registry settings")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_row_of_settings")]

    @classmethod
    def load(cls) -> "RegistrySettings":
        """The settings; an empty set where nothing was set yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
