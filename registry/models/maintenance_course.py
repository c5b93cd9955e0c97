"""One course of maintenance or pre-emptive treatment after HCT."""

from django.db.models import Q

from registry.crf import fields as crf
from registry.models.base import NumberedForm, once_per


class MaintenanceCourse(NumberedForm):
    """One course of maintenance or pre-emptive treatment after HCT."""

    form = "maintenance_course"

    indication = crf.Choice(
        "Indication",
        item="MAI-03",
        required=True,
        choices={
            "mrd_pre": "MRD-positive before HCT",
            "mrd_post": "MRD progression or recurrence after HCT",
            "prev": "relapse prevention, MRD-negative",
        },
    )
    agent = crf.Choice(
        "Agent",
        item="MAI-04",
        required=True,
        choices={
            "ima": "imatinib",
            "das": "dasatinib",
            "nil": "nilotinib",
            "bos": "bosutinib",
            "pon": "ponatinib",
            "asc": "asciminib",
            "blina": "blinatumomab",
            "dli": "donor lymphocyte infusion",
            "ino": "inotuzumab ozogamicin",
            "other": "other",
        },
    )
    start_date = crf.Date("Start", item="MAI-05", required=True)
    n_courses = crf.Decimal(
        "Cycles or infusions",
        item="MAI-06",
        unit="cycles or infusions",
        hard=("0.1", "30"),
        soft=("0.5", "8"),
        required=Q(agent__in=("blina", "dli")),
        missing=True,
    )
    mrd_at_start = crf.Choice(
        "MRD when maintenance was started",
        item="MAI-07",
        required=True,
        missing=True,
        choices={"pos": "positive", "neg": "negative"},
    )

    class Meta(NumberedForm.Meta):
        verbose_name = "Maintenance course"
        verbose_name_plural = "Maintenance courses"
        constraints = [
            once_per(
                "instance_no",
                form="maintenance_course",
                message="There is already a maintenance course with this number.",
            )
        ]
