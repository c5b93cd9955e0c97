"""The audit trail as pages read it. PostgreSQL writes it: see registry/audit/sql."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def newest_first(self) -> Self:
        """By time as the indexes are; the number decides between two of one moment."""
        return self.order_by("-at", "-pk")

    def before(self, number: int) -> Self:
        """What is older than the entry of this number; nothing where it cannot be seen."""
        at = AuditEntry.objects.filter(pk=number).values("at")[:1]
        return self.filter(at__lte=models.Subquery(at)).exclude(at=models.Subquery(at), pk__gte=number)

    def of_form(self, model: Any) -> Self:
        return self.filter(table=model._meta.db_table)

    def of_item(self, *fields: Any) -> Self:
        """Entries in which one of these items of a form changed: its value, or the reason why it is missing."""
        entries, condition = self.of_form(fields[0].model), Q()
        for field in fields:
            for name, path in (
                (f"{field.name}_value", field.column),
                (f"{field.name}_reason", f"missing__{field.name}"),
            ):
                entries = entries.alias(**{f"old_{name}": _text(f"old__{path}"), f"new_{name}": _text(f"new__{path}")})
                condition |= ~Q(**{f"old_{name}": F(f"new_{name}")})
        return entries.filter(condition)


def _text(path: str) -> Coalesce:
    """A key of the JSON as text; empty where there is none, so that two can be compared."""
    return Coalesce(KT(path), Value(""), output_field=models.TextField())


class AuditEntry(models.Model):
    """One change of one row. `old` and `new` hold the changed columns only; an insert has no `old`."""

    class Operation(models.TextChoices):
        INSERT = "I", _("entered")
        UPDATE = "U", _("changed")
        DELETE = "D", _("deleted")

    at = models.DateTimeField()
    user_id = models.TextField(db_column="app_user")
    user_name = models.TextField(db_column="app_name")
    role = models.TextField()
    centre = models.IntegerField(null=True)
    patient_id = models.BigIntegerField(null=True)
    reason = models.TextField(null=True)
    channel = models.TextField(null=True)
    batch = models.TextField(null=True)
    table = models.TextField(db_column="tbl")
    row = models.TextField(db_column="pk")
    operation = models.CharField(max_length=1, choices=Operation, db_column="op")
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = '"audit"."log"'
        ordering = ("-id",)
