"""One follow-up contact."""

from django.db.models import Q

from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import NumberedForm, once_per
from registry.models.mrd import mrd_items_belong_together


class FollowUp(NumberedForm):
    """One follow-up contact."""

    form = "follow_up"

    visit_date = crf.Date("Date of contact", item="FOL-01", required=True)
    alive = crf.Bool("Alive", item="FOL-02", required=True)
    disease = crf.Choice(
        "Disease status",
        item="FOL-03",
        required=Q(alive=True),
        choices={"cr": "complete remission", "rel": "relapse/progression", "ne": "not assessed"},
    )
    mrd_done = crf.Bool("MRD assessed", item="FOL-04", required=True)
    mrd_date = crf.Date("Date of MRD sample", item="FOL-05", required=Q(mrd_done=True))
    mrd_method = crf.Choice("MRD method", item="FOL-06", required=Q(mrd_done=True), choices=code_lists.MRD_METHODS)
    mrd_lod = crf.Decimal(
        "Sensitivity (detection limit) of this assay",
        item="FOL-07",
        unit="% of cells",
        hard=("0.00001", "1"),
        soft=("0.0001", "0.01"),
        required=Q(mrd_done=True),
        missing=True,
    )
    mrd_result = crf.Choice("MRD result", item="FOL-08", required=Q(mrd_done=True), choices=code_lists.MRD_RESULTS)
    mrd_value = crf.Decimal(
        "MRD level",
        item="FOL-09",
        source="ELN",
        unit="% of cells",
        hard=("0.000001", "100"),
        soft=("0.0001", "20"),
        required=Q(mrd_result="pos"),
        missing=True,
    )
    lost = crf.Bool("Lost to follow-up", item="FOL-10", source="EBMT/CIBMTR", required=True)

    class Meta(NumberedForm.Meta):
        verbose_name = "Follow-up"
        verbose_name_plural = "Follow-up visits"
        constraints = [
            once_per("instance_no", form="follow_up", message="There is already a follow-up visit with this number."),
            mrd_items_belong_together("follow_up"),
        ]
