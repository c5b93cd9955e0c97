"""Whether maintenance or pre-emptive treatment was given after HCT."""

from django.db.models import Q

from registry.crf import fields as crf
from registry.models.base import OncePerPatient


class Maintenance(OncePerPatient):
    """Whether maintenance or pre-emptive treatment was given after HCT."""

    form = "maintenance"

    given = crf.Bool("Maintenance or pre-emptive treatment after HCT", item="MAI-01", required=True)
    not_given_reason = crf.Choice(
        "Main reason why not",
        item="MAI-02",
        required=Q(given=False),
        missing=True,
        choices={
            "agvhd": "acute GVHD",
            "relapse": "relapse",
            "death": "early death",
            "policy": "not planned / MRD-negative",
            "other": "other",
        },
    )

    class Meta:
        verbose_name = "Maintenance"
        verbose_name_plural = "Maintenance"
