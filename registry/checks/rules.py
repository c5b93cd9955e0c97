"""Checks within one record: database constraints that know their check id and speak to the user.

A `Rule` stands in the `Meta.constraints` of its form. PostgreSQL enforces it once the record leaves the state
*in progress*; the engine evaluates the same condition in Python to name every fault at once.
"""

import copy
from typing import Any

from django.db import models
from django.db.models import Q

from registry.checks.finding import Finding, Place, Severity, place
from registry.crf import conditions
from registry.crf.language import Message


class Rule(models.CheckConstraint):
    """`violates` states the violation, as the table of edit checks does. Braces in the message are field names.

    Not evaluable, and then not violated, where an operand is empty; or where a field whose presence is asked for has a
    missing reason.

    When what it states changes, raise `version`, and in the migration add the constraint with `AddConstraintNotValid`:
    old records stay, the nightly checks list those that it hits, and each is put right before it is saved again.
    """

    def __init__(self, check_id: str, *, form: str, violates: Q, message: str, version: int = 1) -> None:
        self.check_id, self.form, self.violates, self.message = check_id, form, violates, message
        self.version = version
        condition = Q(state="in progress") | ~violates
        asked = conditions.fields_tested_for_presence(violates)
        if asked:
            condition |= Q(missing__has_any_keys=asked)
        super().__init__(condition=condition, name=f"{form}_{check_id.lower()}")

    def clone(self) -> "Rule":
        """Django clones a constraint when its model is made; the check id and the message go with it."""
        return copy.copy(self)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Migrations see a plain constraint: a new wording makes none."""
        return "django.db.models.CheckConstraint", (), {"condition": self.condition, "name": self.name}

    @property
    def fields(self) -> list[str]:
        return conditions.fields_of(self.violates)

    def finding(self, record: Any) -> Finding | None:
        """The finding if the record violates the rule; `evaluate` tells whether it could be asked at all."""
        if not self.evaluate(record):
            return None
        places: tuple[Place, ...] = tuple(place(record, field) for field in self.fields)
        values = {field: getattr(record, field) for field in self.fields}
        text = Message(self.message, **values)
        return Finding(self.check_id, Severity.HARD, text, places, version=self.version)

    def evaluate(self, record: Any) -> bool | None:
        return conditions.evaluate(self.violates, record)


def rules_of(model: type[models.Model]) -> list[Rule]:
    return [constraint for constraint in model._meta.constraints if isinstance(constraint, Rule)]
