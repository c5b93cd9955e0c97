"""Eligibility: why the patient belongs to the registry."""

from django.db.models import Q

from registry.checks.rules import Rule
from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import OncePerPatient


class Eligibility(OncePerPatient):
    """Eligibility: why the patient belongs to the registry."""

    form = "eligibility"

    ball_confirmed = crf.Bool("B-ALL confirmed (histology/cytology and immunophenotype)", item="ELI-01", required=True)
    rr_status = crf.Choice(
        "Disease status when INO was started",
        item="ELI-02",
        required=True,
        choices={"relapsed": "relapsed", "refractory": "primary refractory (never in CR)"},
    )
    cd22_pos = crf.Choice(
        "CD22 positive at relapse/progression",
        item="ELI-03",
        required=True,
        missing=True,
        choices=code_lists.POSITIVE_NEGATIVE,
    )
    cd22_pct = crf.Decimal(
        "CD22-positive blasts",
        item="ELI-04",
        source="EMA/FDA label",
        unit="%",
        hard=("0", "100"),
        soft=("20", "100"),
        missing=True,
    )
    ino_programme = crf.Choice(
        "How INO was obtained",
        item="ELI-05",
        required=True,
        choices={"cup": "compassionate use programme", "label": "in-label after FDA or EMA approval"},
    )
    hct_after_ino = crf.Bool("Allogeneic HCT performed after INO", item="ELI-06", required=True)

    class Meta:
        verbose_name = "Eligibility"
        verbose_name_plural = "Eligibility"
        constraints = [
            Rule(
                "C07",
                form="eligibility",
                violates=Q(ball_confirmed=False) | Q(hct_after_ino=False),
                message=(
                    "Not eligible: confirmed B-ALL and an allogeneic HCT after INO are required. "
                    "The record stays a draft (screening failure) and is excluded from analysis."
                ),
            ),
        ]
