"""Rows within one's rights: the first of two layers of centre isolation; row-level security is the second."""

from typing import Any, Self, TypeVar

from django.db import models

from registry.access.permissions import readable_centres

M = TypeVar("M", bound=models.Model)


class CentreQuerySet(models.QuerySet[M]):
    """Rows that carry `centre`."""

    def visible_to(self, user: Any) -> Self:
        centres = readable_centres(user)
        return self if centres == "all" else self.filter(centre__in=centres)
