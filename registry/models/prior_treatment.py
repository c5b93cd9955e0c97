"""One line of treatment before INO."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import RepeatedForm, once_per


class PriorTreatment(RepeatedForm):
    """One line of treatment before INO."""

    form = "prior_treatment"
    number_field = "line_no"
    sections = {
        "line_no": _("Line"),
        "modalities": _("What was given"),
        "best_response": _("Response and relapse"),
    }

    line_no = crf.Integer("Line number", item="PRI-01", hard=("1", "12"), soft=("1", "6"), required=True)
    setting = crf.Choice(
        "Setting of the line",
        item="PRI-02",
        required=True,
        choices={
            "first": "first-line therapy of ALL incl. consolidation of first CR",
            "mrd1": "MRD-directed after first-line therapy",
            "primref": "salvage of primary refractory disease",
            "relapse": "salvage of a relapse before INO",
            "antecedent": "treatment of antecedent CML",
        },
    )
    start_date = crf.PartialDate("Start of the line", item="PRI-03", required=True, missing=True)
    end_date = crf.PartialDate("End of the line", item="PRI-04", source="CIBMTR", missing=True)
    modalities = crf.MultiChoice(
        "What was given",
        item="PRI-05",
        required=True,
        choices={
            "chemo_int": "intensive chemotherapy",
            "chemo_low": "low-intensity chemotherapy",
            "tki": "tyrosine kinase inhibitor",
            "steroid": "glucocorticoid",
            "blina": "blinatumomab",
            "allohct": "allogeneic HCT",
            "autohct": "autologous HCT",
            "cart": "CAR T cells",
            "rt": "radiotherapy",
            "other": "other",
        },
    )
    regimen = crf.Text("Regimen or protocol name", item="PRI-06", max_length=500)
    tki_agents = crf.MultiChoice(
        "TKI given",
        item="PRI-07",
        required=Q(modalities__contains=["tki"]),
        missing=True,
        choices={
            "ima": "imatinib",
            "das": "dasatinib",
            "nil": "nilotinib",
            "bos": "bosutinib",
            "pon": "ponatinib",
            "asc": "asciminib",
        },
    )
    blina_cycles = crf.Decimal(
        "Blinatumomab cycles in this line",
        item="PRI-08",
        source="CIBMTR",
        unit="cycles",
        hard=("0.1", "12"),
        soft=("0.5", "5"),
        required=Q(modalities__contains=["blina"]),
        missing=True,
    )
    allohct_date = crf.Date(
        "Date of this earlier allo-HCT", item="PRI-09", required=Q(modalities__contains=["allohct"]), missing=True
    )
    best_response = crf.Choice(
        "Best response to the line",
        item="PRI-10",
        required=True,
        missing=True,
        choices={
            "cr": "complete remission",
            "cri": "CR with incomplete count recovery",
            "pr": "partial remission",
            "rd": "refractory / no response",
            "ne": "not evaluable",
        },
    )
    relapsed_after = crf.Choice(
        "Relapse after this line", item="PRI-11", required=True, missing=True, choices=code_lists.YES_NO
    )
    relapse_date = crf.PartialDate(
        "Date of that relapse", item="PRI-12", source="CIBMTR", required=Q(relapsed_after="1"), missing=True
    )

    class Meta:
        verbose_name = "Prior treatment"
        verbose_name_plural = "Prior treatment lines"
        ordering = ("patient", "line_no")
        constraints = [
            once_per("line_no", form="prior_treatment", message="There is already a treatment line with this number.")
        ]

    @property
    def instance_no(self) -> int | None:
        return self.line_no
