"""The patient, as the registry knows one: a number, never a name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.access.querysets import CentreQuerySet
from registry.crf import fields as crf
from registry.models.base import CrfForm
from registry.models.centre import Centre


class Patient(CrfForm):
    """One patient of one centre. The code list that leads to a person stays at the centre."""

    form = "patient"

    number = crf.Text(
        "Registry patient number CC-NNN", item="PAT-01", name="patient_id", required=True, max_length=6, unique=True
    )
    centre = crf.Reference(
        "Centre",
        item="PAT-02",
        name="centre_no",
        hard=("1", "99"),
        soft=("1", "20"),
        required=True,
        to=Centre,
        on_delete=models.PROTECT,
        null=False,
        related_name="patients",
    )
    sex = crf.Choice("Sex", item="PAT-03", required=True, choices={"F": "female", "M": "male"})
    age_rr = crf.Integer(
        "Age at relapsed/refractory disease (completed years)",
        item="PAT-04",
        unit="years",
        hard=("12", "100"),
        soft=("18", "75"),
        required=True,
    )
    birth_year = crf.Integer(
        "Year of birth",
        item="PAT-05",
        source="EBMT/CIBMTR",
        unit="year",
        hard=("1920", "2012"),
        soft=("1940", "2005"),
        missing=True,
    )
    consent_basis = crf.Choice(
        "Legal basis for inclusion",
        item="PAT-06",
        source="EBMT",
        required=True,
        choices={
            "written": "written informed consent",
            "waiver": "IRB waiver",
            "deceased": "deceased, included under local law",
        },
    )
    # Set by the coordinating centre; not an item of the paper form.
    excluded = models.BooleanField(_("Excluded from analysis"), default=False, editable=False)
    excluded_reason = models.CharField(_("Reason for exclusion"), max_length=500, null=True, blank=True, editable=False)

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = "Patient"
        verbose_name_plural = "Patients"
        ordering = ("number",)
        constraints = [
            # The target of the composite foreign keys that hold centre_id true on every form of the patient.
            models.UniqueConstraint(fields=["id", "centre"], name="patient_with_centre"),
        ]

    def __str__(self) -> str:
        return str(self.number)
