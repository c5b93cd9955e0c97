"""A centre of the registry: who contributes patients, under which approval, and how its dates and units come."""

from django.db.models import Q

from registry.crf import fields as crf
from registry.models.base import CrfForm


class Centre(CrfForm):
    """One hospital. Its number is the first half of every patient number, and the key of centre isolation."""

    form = "centre"

    centre_no = crf.Integer(
        "Centre number", item="CEN-01", hard=("1", "99"), soft=("1", "20"), required=True, primary_key=True
    )
    centre_name = crf.Text("Institution name", item="CEN-02", required=True)
    city = crf.Text("City", item="CEN-03", required=True)
    country = crf.Choice(
        "Country (ISO 3166-1 alpha-2)",
        item="CEN-04",
        required=True,
        choices={"IT": "Italy", "US": "United States", "DE": "Germany", "XX": "other (admin adds the code)"},
    )
    role = crf.Choice(
        "Role in the registry",
        item="CEN-05",
        required=True,
        choices={"contrib": "contributes patients", "coord": "coordinates only", "both": "contributes and coordinates"},
    )
    irb_approval_date = crf.Date(
        "Date of IRB / ethics approval", item="CEN-06", required=Q(role__in=("contrib", "both"))
    )
    irb_reference = crf.Text(
        "IRB / ethics reference", item="CEN-07", source="ICH-GCP", required=Q(role__in=("contrib", "both"))
    )
    registry_no = crf.Text("EBMT CIC or CIBMTR centre number", item="CEN-08", source="EBMT/CIBMTR")
    date_policy = crf.Choice(
        "How dates leave the centre",
        item="CEN-09",
        source="GDPR/HIPAA",
        required=True,
        choices={"real": "real calendar dates", "shifted": "one constant shift per patient"},
    )
    unit_profile = crf.Choice(
        "Default laboratory units offered on forms",
        item="CEN-10",
        source="JAMA SI table",
        required=True,
        choices={
            "conv": "g/dL, mg/dL, 10^9/L, U/L",
            "si": "g/L, umol/L, 10^9/L, U/L",
            "us": "g/dL, mg/dL, 10^3/uL, U/L",
        },
    )
    active = crf.Bool("Centre is active", item="CEN-11", required=True)

    class Meta:
        verbose_name = "Centre"
        verbose_name_plural = "Centres"
        ordering = ("centre_no",)

    def __str__(self) -> str:
        return f"{self.centre_no:02d} {self.city}"
