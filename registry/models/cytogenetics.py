"""Cytogenetics, once at first diagnosis and once at relapsed or refractory disease."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.checks.rules import Rule
from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import RepeatedForm, once_per


class Cytogenetics(RepeatedForm):
    """Cytogenetics, once at first diagnosis and once at relapsed or refractory disease."""

    form = "cytogenetics"
    number_field = "timepoint"
    sections = {
        "timepoint": _("Sample"),
        "iscn": _("Karyotype"),
        "bcr_abl1": _("Molecular tests"),
    }

    timepoint = crf.Choice(
        "Time point",
        item="CYT-01",
        required=True,
        choices={"dx": "first diagnosis", "rr": "relapsed/refractory, before INO"},
    )
    sample_date = crf.PartialDate(
        "Date of sample", item="CYT-02", required=Q(banding__in=("done", "failed")), missing=True
    )
    banding = crf.Choice(
        "Chromosome banding",
        item="CYT-03",
        required=True,
        choices={"done": "done, metaphases obtained", "failed": "done, no metaphases", "nd": "not done"},
    )
    iscn = crf.Text(
        "Karyotype, ISCN string", item="CYT-04", source="paper/ISCN", required=Q(banding="done"), max_length=1000
    )
    metaphases = crf.Integer(
        "Metaphases analysed",
        item="CYT-05",
        source="ISCN/ELN",
        unit="cells",
        hard=("1", "500"),
        soft=("10", "50"),
        required=Q(banding="done"),
        missing=True,
    )
    lab_class = crf.Choice(
        "Class as stated by the centre", item="CYT-06", missing=True, choices=code_lists.KARYOTYPE_CLASSES
    )
    class_review = crf.Choice(
        "Class after central review (overrides)", item="CYT-07", review_only=True, choices=code_lists.KARYOTYPE_CLASSES
    )
    class_review_reason = crf.Text(
        "Reason for the override",
        item="CYT-08",
        required=Q(class_review__isnull=False),
        review_only=True,
        max_length=500,
    )
    bcr_abl1 = crf.Choice(
        "BCR::ABL1 (PCR or FISH)", item="CYT-09", required=True, missing=True, choices=code_lists.POSITIVE_NEGATIVE
    )
    bcr_abl1_method = crf.MultiChoice(
        "BCR::ABL1 method",
        item="CYT-10",
        required=Q(bcr_abl1__isnull=False),
        missing=True,
        choices={"pcr": "RT-PCR", "fish": "FISH"},
    )
    kmt2a = crf.Choice(
        "KMT2A rearrangement", item="CYT-11", required=True, missing=True, choices={"1": "present", "0": "absent"}
    )

    class Meta:
        verbose_name = "Cytogenetics"
        verbose_name_plural = "Cytogenetics"
        ordering = ("patient", "timepoint")
        constraints = [
            once_per("timepoint", form="cytogenetics", message="There is already a row for this time point."),
            Rule(
                "C22",
                form="cytogenetics",
                violates=Q(banding="done", iscn=None) | Q(banding__in=("failed", "nd"), iscn__isnull=False),
                message='Enter the ISCN string, or change "banding".',
            ),
        ]

    @property
    def instance_no(self) -> int:
        return 1 if self.timepoint == "dx" else 2
