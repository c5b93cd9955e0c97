"""Death and its causes."""

from django.db.models import Q

from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import OncePerPatient


class Death(OncePerPatient):
    """Death and its causes."""

    form = "death"

    death_date = crf.Date("Date of death", item="DEA-01", required=True)
    cause = crf.Choice(
        "Primary (underlying) cause of death",
        item="DEA-02",
        required=True,
        missing=True,
        choices={
            "relapse": "relapse/progression",
            "sos": "SOS/VOD",
            "gvhd": "GVHD",
            "covid": "SARS-CoV-2",
            "sepsis": "infection other than SARS-CoV-2",
            "mof": "multi-organ failure not due to SOS/VOD",
            "graft": "graft failure",
            "second": "secondary malignancy",
            "other": "other",
        },
    )
    contributing = crf.MultiChoice(
        "Contributing causes",
        item="DEA-03",
        source="CIBMTR",
        required=True,
        missing=True,
        choices={
            "sos": "SOS/VOD",
            "gvhd": "GVHD",
            "infection": "infection",
            "mof": "multi-organ failure",
            "bleed": "haemorrhage",
            "relapse": "relapse/progression",
            "other": "other",
            "none": "none",
        },
    )
    in_remission = crf.Choice(
        "In remission at death", item="DEA-04", required=True, missing=True, choices=code_lists.YES_NO
    )
    cause_text = crf.Text("Cause of death, words", item="DEA-05", required=Q(cause="other"), max_length=500)

    class Meta:
        verbose_name = "Death"
        verbose_name_plural = "Deaths"
