"""A file that a centre brings in: who, when, why, what became of it; and the file itself."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.access.querysets import CentreQuerySet
from registry.models.centre import Centre
from registry.models.user import User


class ImportBatch(models.Model):
    """One file of one centre. The database is the queue of its work: a worker owns it as long as its lease runs."""

    class Kind(models.TextChoices):
        TABLES = "tables", _("workbook or CSV")
        REDCAP = "redcap", _("REDCap CSV with its data dictionary")
        ODM = "odm", _("CDISC ODM 1.3.2")

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting for a worker")
        RUNNING = "running", _("in work")
        COLUMNS = "columns", _("columns to be matched")
        PREVIEW = "preview", _("to be looked at")
        IMPORTED = "imported", _("imported")
        UNDONE = "undone", _("undone")
        REFUSED = "refused", pgettext_lazy("a file", "refused")
        DISCARDED = "discarded", _("discarded")

    class Work(models.TextChoices):
        READ = "read", _("reading the file")
        IMPORT = "import", _("importing")
        UNDO = "undo", _("undoing the import")

    class DateOrder(models.TextChoices):
        YEAR_FIRST = "ymd", _("year, month, day: 2019-04-03")
        DAY_FIRST = "dmy", _("day, month, year: 03/04/2019")
        MONTH_FIRST = "mdy", _("month, day, year: 04/03/2019")

    class DecimalSign(models.TextChoices):
        POINT = ".", _("point: 5.9")
        COMMA = ",", _("comma: 5,9")

    # A file in one of these states keeps the same file from being brought in again.
    OVER = (State.UNDONE, State.REFUSED, State.DISCARDED)
    WAITING = (State.QUEUED, State.RUNNING)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")  # for the work in hand
    kind = models.CharField(_("Kind of file"), max_length=10, choices=Kind, default=Kind.TABLES)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    date_order = models.CharField(
        _("Dates written as text"), max_length=3, choices=DateOrder, default=DateOrder.YEAR_FIRST
    )
    decimal_sign = models.CharField(_("Decimal sign"), max_length=1, choices=DecimalSign, default=DecimalSign.POINT)
    headings_row = models.PositiveSmallIntegerField(null=True)  # None: the first with two filled cells
    as_drafts = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    work = models.CharField(max_length=10, choices=Work, default=Work.READ)
    reason = models.CharField(max_length=500, blank=True)
    undo_reason = models.CharField(max_length=500, blank=True)
    problem = models.TextField(blank=True)
    counts: Any = models.JSONField(default=dict)
    left_alone: Any = models.JSONField(default=list)  # what an undo did not take back, and why
    imported_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    step = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "sha256"],
                condition=~Q(state__in=("undone", "refused", "discarded")),
                name="import_once_per_file",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING


class ImportFile(models.Model):
    """The bytes of a batch: kept so that the workbook can come back with its faults marked."""

    batch = models.OneToOneField(ImportBatch, models.CASCADE, related_name="file")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    content = models.BinaryField()
    dictionary = models.BinaryField(null=True)  # of REDCap
    marked = models.BinaryField(null=True)  # the workbook with coloured cells

    objects = CentreQuerySet.as_manager()
