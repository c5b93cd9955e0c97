"""What every case report form has: who it belongs to, its state, its version and its missing reasons."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.access.querysets import CentreQuerySet
from registry.crf.language import Words, declared


class FormInWords(models.base.ModelBase):
    """Translates the name of a form for each reader; migrations keep the declared one."""

    def __new__(cls, *arguments: Any, **options: Any) -> Any:
        form = super().__new__(cls, *arguments, **options)
        form._meta.verbose_name = declared(form._meta.verbose_name)
        return form


class CrfForm(models.Model, metaclass=FormInWords):
    """One filled paper form. Drafts may be incomplete: every rule waits for the step to *complete*."""

    class State(models.TextChoices):
        IN_PROGRESS = "in progress"
        COMPLETE = "complete"
        LOCKED = "locked"

    form: ClassVar[str]  # the name in dictionary, exports and snapshots
    repeats: ClassVar[bool] = False
    sections: ClassVar[Mapping[str, Words]] = {}  # of a long form: the first item of each and its heading

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=20, choices=State, default=State.IN_PROGRESS, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    missing = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_started(self) -> bool:
        return self.pk is not None


class OncePerPatient(CrfForm):
    """A form that a patient has once."""

    patient = models.OneToOneField("registry.Patient", models.PROTECT, related_name="%(class)s", editable=False)
    # Held true to the patient's centre by a composite foreign key: see registry/audit/protection.py.
    centre = models.ForeignKey("registry.Centre", models.PROTECT, related_name="+", editable=False)

    objects = CentreQuerySet.as_manager()

    class Meta:
        abstract = True


class RepeatedForm(CrfForm):
    """A form that a patient has several times, known by `instance_no`.

    Where the paper numbers the form itself, that item is the number: `number_field` names it.
    """

    repeats = True
    number_field: ClassVar[str] = "instance_no"

    patient = models.ForeignKey("registry.Patient", models.PROTECT, related_name="%(class)s_set", editable=False)
    centre = models.ForeignKey("registry.Centre", models.PROTECT, related_name="+", editable=False)

    objects = CentreQuerySet.as_manager()

    class Meta:
        abstract = True


class NumberedForm(RepeatedForm):
    """A repeated form whose paper has no number of its own."""

    instance_no = models.PositiveSmallIntegerField(_("Number"), editable=False)

    class Meta:
        abstract = True
        ordering = ("patient", "instance_no")


def once_per(field: str, *, form: str, message: str) -> models.UniqueConstraint:
    """One record of the form per patient and number."""
    return models.UniqueConstraint(
        fields=["patient", field],
        name=f"{form}_once_per_number",
        violation_error_message=declared(message),  # type: ignore[arg-type]
    )
