"""The audit trail as pages read it. PostgreSQL writes it: see registry/audit/sql."""

from django.db import models


class AuditEntry(models.Model):
    """One change of one row. `old` and `new` hold the changed columns only; an insert has no `old`."""

    class Operation(models.TextChoices):
        INSERT = "I", "entered"
        UPDATE = "U", "changed"
        DELETE = "D", "deleted"

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

    class Meta:
        managed = False
        db_table = '"audit"."log"'
        ordering = ("-id",)
