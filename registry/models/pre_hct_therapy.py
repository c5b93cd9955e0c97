"""One course of treatment between INO and transplant."""

from django.db.models import Q

from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import RepeatedForm, once_per


class PreHctTherapy(RepeatedForm):
    """One course of treatment between INO and transplant."""

    form = "pre_hct_therapy"
    number_field = "course_no"

    course_no = crf.Integer("Course number", item="PRE-01", hard=("1", "10"), soft=("1", "4"), required=True)
    reason = crf.Choice(
        "Why treatment was given between INO and HCT",
        item="PRE-02",
        required=True,
        choices={
            "no_resp": "no response to INO",
            "relapse": "relapse after CR on INO",
            "mrd": "treatment of MRD",
            "maint": "maintenance in CR while waiting",
            "other": "other",
        },
    )
    start_date = crf.Date("Start", item="PRE-03", required=True)
    end_date = crf.Date("End", item="PRE-04", required=True, missing=True)
    agents = crf.MultiChoice(
        "What was given",
        item="PRE-05",
        required=True,
        choices={
            "blina": "blinatumomab",
            "hypercvad": "HyperCVAD",
            "hidac_mito": "high-dose cytarabine + mitoxantrone",
            "vcr_mtx_6mp": "vincristine, methotrexate, 6-mercaptopurine",
            "tki": "TKI",
            "it": "intrathecal therapy",
            "rt": "radiotherapy",
            "other": "other",
        },
    )
    regimen = crf.Text("Details", item="PRE-06", required=Q(agents__contains=["other"]), max_length=500)
    n_cycles = crf.Decimal(
        "Number of cycles",
        item="PRE-07",
        unit="cycles",
        hard=("0.1", "12"),
        soft=("0.5", "4"),
        required=True,
        missing=True,
    )
    resp = crf.Choice(
        "Response to this course", item="PRE-08", required=True, missing=True, choices=code_lists.INO_RESPONSES
    )
    resp_date = crf.Date(
        "Date of response assessment", item="PRE-09", required=Q(resp__in=("cr", "cri", "pr", "rd", "pd")), missing=True
    )

    class Meta:
        verbose_name = "Therapy before HCT"
        verbose_name_plural = "Therapy before HCT"
        ordering = ("patient", "course_no")
        constraints = [
            once_per("course_no", form="pre_hct_therapy", message="There is already a course with this number.")
        ]

    @property
    def instance_no(self) -> int | None:
        return self.course_no
