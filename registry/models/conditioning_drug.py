"""One drug of the conditioning, or post-transplant cyclophosphamide."""

from django.db.models import Q

from registry.checks.rules import Rule
from registry.crf import fields as crf
from registry.models.base import NumberedForm, once_per


class ConditioningDrug(NumberedForm):
    """One drug of the conditioning, or post-transplant cyclophosphamide."""

    form = "conditioning_drug"

    drug = crf.Choice(
        "Drug",
        item="CON-01",
        required=True,
        choices={
            "bu": "busulfan [A]",
            "cy": "cyclophosphamide [A]",
            "mel": "melphalan [A]",
            "tt": "thiotepa [A]",
            "treo": "treosulfan [A]",
            "benda": "bendamustine [A]",
            "bcnu": "carmustine [A]",
            "ifo": "ifosfamide [A]",
            "flu": "fludarabine",
            "clo": "clofarabine",
            "clad": "cladribine",
            "arac": "cytarabine",
            "eto": "etoposide",
            "amsa": "amsacrine",
            "other": "other",
        },
    )
    drug_other = crf.Text("Name of the other drug", item="CON-02", required=Q(drug="other"))
    other_alkylator = crf.Bool("The other drug is an alkylating agent", item="CON-03", required=Q(drug="other"))
    purpose = crf.Choice(
        "Purpose",
        item="CON-04",
        required=True,
        choices={"cond": "conditioning, before day 0", "ptcy": "post-transplant GVHD prophylaxis"},
    )
    route = crf.Choice(
        "Route",
        item="CON-05",
        source="EBMT/CIBMTR",
        required=True,
        missing=True,
        choices={"iv": "intravenous", "po": "oral"},
    )
    total_dose = crf.Decimal(
        "Total dose over all days",
        item="CON-06",
        source="EBMT/CIBMTR",
        hard=("0.1", "50000"),
        soft=("0.5", "45000"),
        required=True,
        missing=True,
    )
    dose_unit = crf.Choice(
        "Dose unit",
        item="CON-07",
        source="EBMT/CIBMTR",
        required=Q(total_dose__isnull=False),
        choices={"mgkg": "mg/kg", "mgm2": "mg/m2"},
    )
    first_day = crf.Integer(
        "First day relative to HCT (day 0)",
        item="CON-08",
        source="EBMT/CIBMTR",
        unit="day",
        hard=("-30", "10"),
        soft=("-10", "5"),
        required=True,
        missing=True,
    )

    class Meta(NumberedForm.Meta):
        verbose_name = "Conditioning drug"
        verbose_name_plural = "Conditioning drugs"
        constraints = [
            once_per(
                "instance_no",
                form="conditioning_drug",
                message="There is already a conditioning drug with this number.",
            ),
            Rule(
                "C81",
                form="conditioning_drug",
                violates=Q(first_day__gt=0, purpose="cond")
                | (Q(purpose="ptcy") & (~Q(drug="cy") | Q(first_day__lte=0))),
                message="Check purpose and first day: post-transplant cyclophosphamide is not conditioning.",
            ),
        ]
