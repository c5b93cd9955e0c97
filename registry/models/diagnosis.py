"""First diagnosis of the leukaemia."""

from django.db.models import Q

from registry.checks.rules import Rule
from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import OncePerPatient


class Diagnosis(OncePerPatient):
    """First diagnosis of the leukaemia."""

    form = "diagnosis"

    dx_date = crf.PartialDate("Date of first diagnosis", item="DIA-01", required=True, missing=True)
    dx_entity = crf.Choice(
        "Disease at first diagnosis",
        item="DIA-02",
        required=True,
        choices={"ball": "de novo B-ALL", "cml_lbc": "CML, later B-lymphoid blast crisis", "other": "other"},
    )
    dx_cns = crf.Choice(
        "CNS involvement at first diagnosis", item="DIA-03", required=True, missing=True, choices=code_lists.YES_NO
    )
    dx_cns_therapy = crf.MultiChoice(
        "CNS-directed treatment at first diagnosis",
        item="DIA-04",
        required=Q(dx_cns="1"),
        missing=True,
        choices=code_lists.CNS_THERAPY,
    )

    class Meta:
        verbose_name = "Diagnosis"
        verbose_name_plural = "Diagnoses"
        constraints = [
            Rule(
                "C39",
                form="diagnosis",
                violates=Q(dx_cns_therapy__isnull=False, dx_cns="0"),
                message='Details are given although the parent question is not "yes".',
            ),
        ]
