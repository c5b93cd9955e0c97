"""Which item a column of a centre's own table is: asked once, remembered for the next file."""

from django.db import models

from registry.access.querysets import CentreQuerySet
from registry.models.centre import Centre


class ColumnMapping(models.Model):
    """One heading of one sheet. `target` is `form/number/item`; empty: the column is left out."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=100, blank=True)
    heading = models.CharField(max_length=300)
    target = models.CharField(max_length=120, blank=True)

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ("sheet", "pk")
        constraints = [
            models.UniqueConstraint(fields=["centre", "sheet", "heading"], name="column_mapping_once_per_heading")
        ]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.heading}"
