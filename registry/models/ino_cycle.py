"""One cycle of inotuzumab ozogamicin: doses on days 1, 8 and 15, response, MRD."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.checks.rules import Rule
from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import RepeatedForm, once_per
from registry.models.mrd import mrd_items_belong_together


def _dose_contradicts_its_answer(day: str) -> Q:
    date, dose = f"{day}_date__isnull", f"{day}_dose__isnull"
    given_incompletely = Q(**{f"{day}_given": True}) & (Q(**{date: True}) | Q(**{dose: True}))
    omitted_with_details = Q(**{f"{day}_given": False}) & (Q(**{date: False}) | Q(**{dose: False}))
    return given_incompletely | omitted_with_details


class InoCycle(RepeatedForm):
    """One cycle of inotuzumab ozogamicin: doses on days 1, 8 and 15, response, MRD."""

    form = "ino_cycle"
    number_field = "cycle_no"
    sections = {
        "cycle_no": _("Doses"),
        "resp_assessed": _("Response"),
        "mrd_done": _("Measurable residual disease"),
    }

    cycle_no = crf.Integer("INO cycle number", item="INO-01", hard=("1", "10"), soft=("1", "6"), required=True)
    d1_date = crf.Date("Day 1: date of dose", item="INO-02", required=True)
    d1_dose = crf.Decimal(
        "Day 1: dose",
        item="INO-03",
        source="paper/FDA-EMA label",
        unit="mg/m²",
        hard=("0.1", "2.0"),
        soft=("0.45", "0.9"),
        required=True,
    )
    d8_given = crf.Bool("Day 8: dose given", item="INO-04", required=True)
    d8_date = crf.Date("Day 8: date of dose", item="INO-05", required=Q(d8_given=True))
    d8_dose = crf.Decimal(
        "Day 8: dose",
        item="INO-06",
        source="paper/FDA-EMA label",
        unit="mg/m²",
        hard=("0.1", "2.0"),
        soft=("0.45", "0.55"),
        required=Q(d8_given=True),
    )
    d15_given = crf.Bool("Day 15: dose given", item="INO-07", required=True)
    d15_date = crf.Date("Day 15: date of dose", item="INO-08", required=Q(d15_given=True))
    d15_dose = crf.Decimal(
        "Day 15: dose",
        item="INO-09",
        source="paper/FDA-EMA label",
        unit="mg/m²",
        hard=("0.1", "2.0"),
        soft=("0.45", "0.55"),
        required=Q(d15_given=True),
    )
    incomplete_reason = crf.Choice(
        "Why a dose was omitted",
        item="INO-10",
        source="FDA-EMA label",
        required=Q(d8_given=False) | Q(d15_given=False),
        missing=True,
        choices={
            "hepatic": "hepatic toxicity",
            "heme": "cytopenia",
            "infection": "infection",
            "hct": "went to transplant",
            "pd": "progression",
            "other": "other",
        },
    )
    concomitant = crf.MultiChoice(
        "Given together with INO",
        item="INO-11",
        required=True,
        missing=True,
        choices={
            "none": "nothing",
            "tki": "TKI",
            "steroid": "glucocorticoid",
            "chemo": "chemotherapy",
            "it": "intrathecal therapy",
            "other": "other",
        },
    )
    resp_assessed = crf.Bool("Response assessed after this cycle", item="INO-12", required=True)
    resp_date = crf.Date("Date of response assessment", item="INO-13", required=Q(resp_assessed=True))
    resp = crf.Choice("Response", item="INO-14", required=Q(resp_assessed=True), choices=code_lists.INO_RESPONSES)
    resp_bm_blasts = crf.Decimal(
        "Bone marrow blasts at response",
        item="INO-15",
        source="CIBMTR/ELN",
        unit="%",
        hard=("0", "100"),
        soft=("0", "100"),
        missing=True,
    )
    mrd_done = crf.Bool("MRD assessed", item="INO-16", required=True)
    mrd_date = crf.Date("Date of MRD sample", item="INO-17", required=Q(mrd_done=True))
    mrd_method = crf.Choice("MRD method", item="INO-18", required=Q(mrd_done=True), choices=code_lists.MRD_METHODS)
    mrd_lod = crf.Decimal(
        "Sensitivity (detection limit) of this assay",
        item="INO-19",
        unit="% of cells",
        hard=("0.00001", "1"),
        soft=("0.0001", "0.01"),
        required=Q(mrd_done=True),
        missing=True,
    )
    mrd_result = crf.Choice("MRD result", item="INO-20", required=Q(mrd_done=True), choices=code_lists.MRD_RESULTS)
    mrd_value = crf.Decimal(
        "MRD level",
        item="INO-21",
        source="ELN",
        unit="% of cells",
        hard=("0.000001", "100"),
        soft=("0.0001", "20"),
        required=Q(mrd_result="pos"),
        missing=True,
    )

    class Meta:
        verbose_name = "INO cycle"
        verbose_name_plural = "INO cycles"
        ordering = ("patient", "cycle_no")
        constraints = [
            once_per("cycle_no", form="ino_cycle", message="There is already an INO cycle with this number."),
            Rule(
                "C51",
                form="ino_cycle",
                violates=_dose_contradicts_its_answer("d8") | _dose_contradicts_its_answer("d15"),
                message="Give date and dose for every dose that was given, and none for an omitted dose.",
            ),
            Rule(
                "C57",
                form="ino_cycle",
                violates=Q(resp_assessed=True, resp=None)
                | Q(resp_assessed=False, resp__isnull=False)
                | Q(resp_date__isnull=False, resp_date__lt=F("d1_date")),
                message="Response and response date belong together and cannot precede the cycle.",
            ),
            mrd_items_belong_together("ino_cycle"),
        ]

    @property
    def instance_no(self) -> int | None:
        return self.cycle_no
