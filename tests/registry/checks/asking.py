"""What the tests ask of an outcome and of the catalogue."""

from typing import Any

from django.db.models import Model

from registry.checks.engine import CHECKS, Outcome
from registry.checks.rules import Rule, rules_of
from registry.models import FORMS_BY_NAME, PATIENT_FORMS

RULES: list[tuple[type[Model], Rule]] = [(model, rule) for model in PATIENT_FORMS for rule in rules_of(model)]


def found(outcome: Outcome, check_id: str) -> list[str]:
    return [finding.message for finding in outcome.findings if finding.check_id == check_id]


def operands(check_id: str) -> list[Any]:
    """The fields that a check reads, wherever it is written."""
    names = [name.split(".") for name in CHECKS[check_id].fields] if check_id in CHECKS else []
    ruled = [(rule.form, field) for _, rule in RULES if rule.check_id == check_id for field in rule.fields]
    return [FORMS_BY_NAME[form]._meta.get_field(field) for form, field in (*names, *ruled)]
