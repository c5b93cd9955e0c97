"""SOS/VOD after the index transplant; answered for every patient."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.checks.rules import Rule
from registry.crf import fields as crf
from registry.derivations.sos_severity import ORGANS
from registry.models import code_lists
from registry.models.base import OncePerPatient


class SosVod(OncePerPatient):
    """SOS/VOD after the index transplant; answered for every patient."""

    form = "sos_vod"
    sections = {
        "occurred": _("Occurrence and criteria"),
        "bili_dx": _("Signs and tests"),
        "alt_max": _("Organ function"),
        "grade": _("Grade"),
        "treatment": _("Treatment and outcome"),
    }

    occurred = crf.Bool("SOS/VOD after the index HCT", item="SOS-01", required=True)
    symptom_date = crf.Date(
        "First sign or symptom", item="SOS-02", source="EBMT 2016", required=Q(occurred=True), missing=True
    )
    dx_date = crf.Date("Date on which the diagnostic criteria were met", item="SOS-03", required=Q(occurred=True))
    criteria = crf.MultiChoice(
        "Criteria used by the investigator",
        item="SOS-04",
        required=Q(occurred=True),
        missing=True,
        choices={
            "inovate": "clinical criteria of the INO-VATE trial",
            "seattle": "modified Seattle",
            "baltimore": "Baltimore",
            "ebmt2016": "EBMT 2016",
            "ebmt2023": "EBMT 2023",
            "biopsy": "histology",
        },
    )
    bili_dx = crf.Decimal(
        "Bilirubin at diagnosis",
        item="SOS-05",
        source="EBMT 2016/2023",
        unit="mg/dL",
        quantity="bili",
        unit_field="bili_unit",
        hard=("0.05", "80"),
        soft=("0.3", "30"),
        required=Q(occurred=True),
        missing=True,
    )
    bili_max = crf.Decimal(
        "Highest bilirubin",
        item="SOS-06",
        source="EBMT 2016/2023",
        unit="mg/dL",
        quantity="bili",
        unit_field="bili_unit",
        hard=("0.05", "80"),
        soft=("1", "50"),
        required=Q(occurred=True),
        missing=True,
    )
    bili_unit = crf.Choice(
        "Unit of both bilirubin values",
        item="SOS-07",
        source="EBMT 2016/2023",
        required=Q(bili_dx__isnull=False) | Q(bili_max__isnull=False),
        choices=code_lists.SMALL_MOLECULE_UNITS,
    )
    bili_doubled = crf.Choice(
        "Bilirubin doubled within 48 hours",
        item="SOS-08",
        source="EBMT 2016/2023",
        required=Q(occurred=True),
        missing=True,
        choices=code_lists.YES_NO,
    )
    hepatomegaly = crf.Choice(
        "Hepatomegaly",
        item="SOS-09",
        source="EBMT/Seattle/Baltimore",
        required=Q(occurred=True),
        missing=True,
        choices=code_lists.YES_NO,
    )
    ruq_pain = crf.Choice(
        "Right upper quadrant pain of liver origin",
        item="SOS-10",
        source="EBMT/Seattle",
        required=Q(occurred=True),
        missing=True,
        choices=code_lists.YES_NO,
    )
    weight_gain = crf.Decimal(
        "Greatest weight gain above baseline",
        item="SOS-11",
        source="EBMT/Seattle/Baltimore",
        unit="%",
        hard=("-10", "60"),
        soft=("0", "25"),
        required=Q(occurred=True),
        missing=True,
    )
    ascites = crf.Choice(
        "Ascites",
        item="SOS-12",
        source="EBMT/Baltimore",
        required=Q(occurred=True),
        missing=True,
        choices=code_lists.YES_NO,
    )
    doppler = crf.Choice(
        "Ultrasound/Doppler suggestive of SOS/VOD",
        item="SOS-13",
        source="EBMT 2016/2023",
        required=Q(occurred=True),
        missing=True,
        choices=code_lists.IMAGING_RESULTS,
    )
    elastography = crf.Choice(
        "Elastography suggestive of SOS/VOD",
        item="SOS-14",
        source="EBMT 2023",
        required=Q(occurred=True),
        missing=True,
        choices=code_lists.IMAGING_RESULTS,
    )
    hvpg = crf.Decimal(
        "Hepatic venous pressure gradient",
        item="SOS-15",
        source="EBMT 2016/2023",
        unit="mmHg",
        hard=("0", "50"),
        soft=("3", "40"),
        missing=True,
    )
    biopsy = crf.Choice(
        "Liver biopsy",
        item="SOS-16",
        source="EBMT 2016/2023",
        required=Q(occurred=True),
        choices={"pos": "proves SOS/VOD", "neg": "does not", "nd": "not done"},
    )
    other_cause_excluded = crf.Bool(
        "Other causes of the signs excluded", item="SOS-17", source="EBMT 2016/2023", required=Q(occurred=True)
    )
    alt_max = crf.Decimal(
        "Highest ALT or AST",
        item="SOS-18",
        source="EBMT 2016/2023",
        unit="U/L",
        hard=("1", "30000"),
        soft=("10", "5000"),
        required=Q(occurred=True),
        missing=True,
    )
    creat_max = crf.Decimal(
        "Highest creatinine",
        item="SOS-19",
        source="EBMT 2016/2023",
        unit="mg/dL",
        quantity="creat",
        unit_field="creat_unit",
        hard=("0.1", "25"),
        soft=("0.3", "10"),
        required=Q(occurred=True),
        missing=True,
    )
    creat_unit = crf.Choice(
        "Unit of highest creatinine",
        item="SOS-20",
        source="EBMT 2016/2023",
        required=Q(creat_max__isnull=False),
        choices=code_lists.SMALL_MOLECULE_UNITS,
    )
    mod_organs = crf.MultiChoice(
        "New organ dysfunction besides the liver (SOFA >= 2)",
        item="SOS-21",
        source="paper/EBMT 2023",
        required=Q(occurred=True),
        missing=True,
        choices={"none": "none", **ORGANS},
    )
    grade = crf.Choice(
        "Grade of SOS/VOD (1-5)",
        item="SOS-22",
        required=Q(occurred=True),
        choices={"1": "1 mild", "2": "2 moderate", "3": "3 severe", "4": "4 life-threatening", "5": "5 fatal"},
    )
    grade_scale = crf.Choice(
        "Scale used for the grade",
        item="SOS-23",
        source="CTCAE",
        required=Q(occurred=True),
        choices={
            "ctcae4": "CTCAE v4.03 generic scale",
            "ctcae5": "CTCAE v5.0 term SOS (has no grade 1)",
            "inv": "investigator, scale not stated",
        },
    )
    ebmt_severity = crf.Choice(
        "EBMT severity as classified by the centre",
        item="SOS-24",
        source="EBMT 2016/2023",
        required=Q(occurred=True),
        missing=True,
        choices={"1": "mild", "2": "moderate", "3": "severe", "4": "very severe"},
    )
    treatment = crf.MultiChoice(
        "Treatment of SOS/VOD",
        item="SOS-25",
        source="EBMT/CIBMTR",
        required=Q(occurred=True),
        missing=True,
        choices={
            "supp": "fluid management, diuretics",
            "defi": "defibrotide",
            "steroid": "methylprednisolone",
            "udca": "ursodeoxycholic acid",
            "dial": "dialysis",
            "vent": "mechanical ventilation",
            "tips": "TIPS",
            "other": "other",
            "none": "none",
        },
    )
    defi_start = crf.Date(
        "Defibrotide: first day of treatment",
        item="SOS-26",
        source="EBMT/CIBMTR",
        required=Q(treatment__contains=["defi"]),
        missing=True,
    )
    outcome = crf.Choice(
        "Outcome of SOS/VOD",
        item="SOS-27",
        required=Q(occurred=True),
        choices={
            "resolved": "resolved",
            "ongoing": "present at last contact",
            "fatal": "died of SOS/VOD",
            "died": "died of another cause with SOS/VOD present",
        },
    )
    resolution_date = crf.Date(
        "Date of resolution", item="SOS-28", source="EBMT/CIBMTR", required=Q(outcome="resolved"), missing=True
    )

    class Meta:
        verbose_name = "SOS/VOD"
        verbose_name_plural = "SOS/VOD"
        constraints = [
            Rule(
                "C93",
                form="sos_vod",
                violates=Q(occurred=True, other_cause_excluded=False),
                message=(
                    "Every criteria set requires that other causes are excluded. "
                    'Answer "no SOS/VOD", or confirm exclusion.'
                ),
            ),
        ]
