"""Acute and chronic graft-versus-host disease."""

from django.db.models import Q

from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import OncePerPatient


class Gvhd(OncePerPatient):
    """Acute and chronic graft-versus-host disease."""

    form = "gvhd"

    agvhd = crf.Choice("Acute GVHD", item="GVH-01", required=True, missing=True, choices=code_lists.YES_NO)
    agvhd_date = crf.Date(
        "Onset of acute GVHD", item="GVH-02", source="EBMT/CIBMTR", required=Q(agvhd="1"), missing=True
    )
    agvhd_grade = crf.Choice(
        "Maximum overall grade, MAGIC",
        item="GVH-03",
        source="MAGIC",
        required=Q(agvhd="1"),
        missing=True,
        choices={"1": "I", "2": "II", "3": "III", "4": "IV"},
    )
    cgvhd = crf.Choice(
        "Chronic GVHD", item="GVH-04", source="EBMT/CIBMTR", required=True, missing=True, choices=code_lists.YES_NO
    )
    cgvhd_date = crf.Date(
        "Onset of chronic GVHD", item="GVH-05", source="EBMT/CIBMTR", required=Q(cgvhd="1"), missing=True
    )
    cgvhd_nih = crf.Choice(
        "Maximum NIH global severity",
        item="GVH-06",
        source="NIH 2014",
        required=Q(cgvhd="1"),
        missing=True,
        choices={"1": "mild", "2": "moderate", "3": "severe"},
    )

    class Meta:
        verbose_name = "GVHD"
        verbose_name_plural = "GVHD"
