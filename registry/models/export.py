"""Files that leave the registry: what was asked for, the work on it, the file while it is kept, and who took it."""

import secrets
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models.centre import Centre
from registry.models.snapshot import Snapshot
from registry.models.user import User


class Export(models.Model):
    """One export. The row is the queue of record; a worker owns it as long as its lease runs."""

    class Format(models.TextChoices):
        CSV = "csv", _("CSV with R script")
        XLSX = "xlsx", _("Excel workbook")
        SPSS = "spss", _("SPSS (.sav)")
        STATA = "stata", _("Stata (.dta)")
        SAS = "sas", _("SAS transport (.xpt)")
        ODM = "odm", _("CDISC ODM 1.3.2")
        DATASET_JSON = "dataset-json", _("CDISC Dataset-JSON 1.1")
        REDCAP = "redcap", _("REDCap")
        ANALYSIS = "analysis", _("Analysis data set, one row a patient")
        CODEBOOK = "codebook", _("Codebook, without patients")

    class Level(models.TextChoices):
        FULL = "full", _("full")
        LIMITED = "limited", _("limited")
        DEIDENTIFIED = "deidentified", _("de-identified")
        AGGREGATE = "aggregate", _("aggregate")

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting for a worker")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Whose patients it holds, where the one who asked reads those of one centre only.
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, related_name="+")
    format = models.CharField(max_length=20, choices=Format)
    level = models.CharField(max_length=20, choices=Level)
    data_state = models.CharField(max_length=10, choices=Snapshot.DataState, default=Snapshot.DataState.ALL)
    forms = models.JSONField(default=list)  # in the order of the paper
    centres = models.JSONField(default=list)  # empty: every centre that the one who asked reads
    with_audit = models.BooleanField(default=False)

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    step = models.CharField(max_length=120, blank=True)
    problem = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    rows = models.PositiveBigIntegerField(null=True)
    size = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    dictionary_version = models.CharField(max_length=64, blank=True)
    manifest = models.JSONField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.get_format_display()}, {self.get_level_display()}"

    @property
    def file_name(self) -> str:
        return f"{self.format}-{self.level}-{timezone.localtime(self.created_at):%Y%m%d-%H%M}.zip"

    @property
    def is_waiting(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    def can_be_downloaded(self) -> bool:
        return self.expires_at is not None and timezone.now() < self.expires_at


class ExportFile(models.Model):
    """The zip file, until it expires. In the database, so that web servers and workers need no folder in common."""

    export = models.OneToOneField(Export, models.CASCADE, related_name="file")
    content = models.BinaryField()


class ExportEvent(models.Model):
    """The log: every export that was made, handed out or deleted. Never changed."""

    class Kind(models.TextChoices):
        MADE = "made", _("made")
        DOWNLOADED = "downloaded", _("downloaded")
        DELETED = "deleted", _("deleted after its time")

    export = models.ForeignKey(Export, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # none: the registry itself
    chosen = models.JSONField()  # format, level, data state, forms and centres
    rows = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("at", "pk")


def new_key() -> str:
    return secrets.token_hex(32)


class PseudonymKey(models.Model):
    """The secret behind pseudonyms and shifted dates: the one row of its table, made once.

    It stands beside the data that it protects elsewhere: whoever reads this table reads the patients, too. A backup
    keeps it, so that a patient has the same pseudonym in every export.
    """

    key = models.CharField(max_length=64, default=new_key, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_pseudonym_key")]

    @classmethod
    def load(cls) -> str:
        return cls.objects.get_or_create(pk=1)[0].key
