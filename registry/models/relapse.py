"""One relapse or progression, before or after HCT."""

from django.db.models import Q

from registry.crf import fields as crf
from registry.models.base import NumberedForm, once_per


class Relapse(NumberedForm):
    """One relapse or progression, before or after HCT."""

    form = "relapse"

    rel_date = crf.Date("Date of relapse or progression", item="REL-01", required=True)
    rel_type = crf.Choice(
        "Type",
        item="REL-02",
        source="paper/CIBMTR",
        required=True,
        choices={
            "marrow": "bone marrow",
            "em": "isolated extramedullary",
            "cns": "isolated CNS",
            "combined": "marrow and extramedullary/CNS",
            "prog": "progression without CR",
            "mol": "molecular (MRD) relapse only",
        },
    )
    rel_bm_blasts = crf.Decimal(
        "Bone marrow blasts at relapse",
        item="REL-03",
        source="CIBMTR",
        unit="%",
        hard=("0", "100"),
        soft=("5", "100"),
        required=Q(rel_type__in=("marrow", "combined", "prog")),
        missing=True,
    )

    class Meta(NumberedForm.Meta):
        verbose_name = "Relapse"
        verbose_name_plural = "Relapses"
        constraints = [once_per("instance_no", form="relapse", message="There is already a relapse with this number.")]
