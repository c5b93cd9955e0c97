"""MRD is asked in the same words on three forms: after an INO cycle, before transplant, at follow-up."""

from django.db.models import Q

from registry.checks.rules import Rule


def mrd_items_belong_together(form: str) -> Rule:
    without_assessment = (
        Q(mrd_result__isnull=False)
        | Q(mrd_method__isnull=False)
        | Q(mrd_date__isnull=False)
        | Q(mrd_value__isnull=False)
    )
    return Rule(
        "C61",
        form=form,
        violates=(Q(mrd_done=False) & without_assessment) | Q(mrd_value__isnull=False, mrd_result__in=("neg", "dnq")),
        message='MRD details contradict "MRD assessed" or the result.',
    )
