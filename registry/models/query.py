"""A query: a question about a value, asked by a rule or by a monitor, answered by the centre."""

import datetime as dt
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.access.permissions import readable_centres
from registry.access.querysets import CentreQuerySet
from registry.crf.language import Words, put_together
from registry.models.centre import Centre
from registry.models.patient import Patient
from registry.models.user import User


class QueryQuerySet(CentreQuerySet["Query"]):
    def visible_to(self, user: Any) -> Self:
        seen = super().visible_to(user)
        return seen if readable_centres(user) == "all" else seen.for_centres()

    def for_centres(self) -> Self:
        """Without what concerns a patient of another centre too: that is for the coordinating centre."""
        return self.filter(is_across_centres=False)

    def open(self) -> Self:
        """What a centre has to work on, and what keeps a record from being locked."""
        return self.filter(state__in=Query.OPEN_STATES)

    def for_coordination(self) -> Self:
        """What waits for the coordinating centre: answers, and what only it may see."""
        return self.filter(Q(state=Query.State.ANSWERED) | Q(state__in=Query.OPEN_STATES, is_across_centres=True))

    def asked_before(self, days: int) -> Self:
        return self.filter(raised_at__lt=timezone.now() - dt.timedelta(days=days))


class Query(models.Model):
    """Two-sided: the centre answers, the coordinating centre or the rule closes. Never deleted."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("one query", "open")
        ANSWERED = "answered", pgettext_lazy("one query", "answered")
        CLOSED = "closed", pgettext_lazy("one query", "closed")
        REOPENED = "reopened", pgettext_lazy("one query", "reopened")

    class Answer(models.TextChoices):
        CORRECTED = "corrected", _("corrected")
        CONFIRMED = "confirmed", _("confirmed as it stands")
        UNAVAILABLE = "unavailable", _("data unavailable")

    # Open queries are what keeps a record from being locked and what a centre has to work on.
    OPEN_STATES = (State.OPEN, State.REOPENED)
    # Closed by its rule without an answer: the value was corrected and the finding is gone.
    SELF_CLOSED = Q(state=State.CLOSED, answer="", fingerprint="") & ~Q(check_id="")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="queries")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    form_name = models.CharField(_("Form"), max_length=30)
    instance_no = models.PositiveSmallIntegerField(_("Number"), null=True)
    field_name = models.CharField(_("Item"), max_length=40, blank=True)
    check_id = models.CharField(_("Check"), max_length=20, blank=True)
    check_version = models.PositiveSmallIntegerField(null=True)
    other_patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="+")  # compared with
    is_across_centres = models.BooleanField(
        default=False, db_default=False
    )  # the database shows it to who reads all centres only
    places = models.JSONField(default=list)  # every item concerned: [form, number, field]
    fingerprint = models.CharField(max_length=64, blank=True)  # of the values that the rule objects to; empty: gone
    settled = models.JSONField(default=list)  # fingerprints of values that the centre confirmed or declared unavailable
    message = models.TextField(_("Question"))  # in English, or as a person wrote it
    wording = models.JSONField(null=True)  # of a rule: its sentence and values, from which it is read in any language
    impact = models.PositiveSmallIntegerField(_("Effect on the outcome analyses"), default=4)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(_("Answer"), max_length=12, choices=Answer, blank=True)
    raised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # null: a rule
    raised_at = models.DateTimeField(auto_now_add=True)
    state_since = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = QueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Query")
        verbose_name_plural = _("Queries")
        ordering = ("impact", "raised_at")
        indexes = [
            models.Index(fields=["centre", "state"], name="query_by_centre_and_state"),
            models.Index(fields=["patient", "form_name"], name="query_by_record"),
        ]

    def __str__(self) -> str:
        return f"{self.patient}: {self.message}"

    @property
    def question(self) -> Words:
        """The question in the language of its reader."""
        return self.message if self.wording is None else put_together(self.wording)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES

    @property
    def days_open(self) -> int:
        """From the question until today, or until it was closed."""
        end = self.state_since if self.state == self.State.CLOSED else timezone.now()
        return (end - self.raised_at).days


class QueryMessage(models.Model):
    """One step of the conversation: what was said, and the state it led to."""

    query = models.ForeignKey(Query, models.PROTECT, related_name="messages")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    is_across_centres = models.BooleanField(default=False, db_default=False)  # as its query
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # null: a rule
    state = models.CharField(max_length=10, choices=Query.State)
    answer = models.CharField(max_length=12, choices=Query.Answer, blank=True)
    text = models.TextField(blank=True)
    wording = models.JSONField(null=True)

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ("id",)

    @property
    def said(self) -> Words:
        """The text in the language of its reader, where a rule said it."""
        return self.text if self.wording is None else put_together(self.wording)
