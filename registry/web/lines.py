"""The lines of a form page: one question each, with its input, its unit, and why it may be missing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from registry.checks.completeness import is_required
from registry.crf import words
from registry.crf.fields import crf_fields, is_beside_value, unit_beside
from registry.web.inputs import Checkboxes, Radio, is_conditional
from registry.web.record_form import Problem, RecordForm


@dataclass(frozen=True)
class Line:
    """One question of the page. Without `value` it is read-only and shows `answer`."""

    name: str
    label: str
    items: str  # item numbers of the paper form
    requirement: str
    applies: bool
    condition: str  # as JSON for the script, where the question depends on another answer
    unit_text: str
    answer: str
    value: Any
    unit: Any
    reason: Any
    problems: list[Problem]

    @property
    def is_group(self) -> bool:
        return self.value is not None and isinstance(self.value.field.widget, Radio | Checkboxes)


def lines(form: RecordForm) -> Iterator[Line]:
    """In the order of the paper form; a unit of one value stands beside that value."""
    for field in crf_fields(type(form.record)):
        if not is_beside_value(field):
            yield _line(form, field, unit_beside(field))


def _line(form: RecordForm, field: Any, unit_name: str) -> Line:
    model = type(form.record)
    names = [field.name, *([unit_name] if unit_name else [])]
    conditional = is_conditional(field)
    return Line(
        name=field.name,
        label=str(field.verbose_name),
        items=", ".join(model._meta.get_field(name).crf.number for name in names),
        requirement=words.required_in_words(model, field),
        applies=not conditional or is_required(field, form.record),
        condition=json.dumps(words.condition_as_json(field.crf.required)) if conditional else "",
        unit_text="" if field.crf.unit_field or not field.crf.unit else field.crf.unit,
        answer=words.answer_in_words(field, form.record),
        value=form[field.name] if field.name in form.fields else None,
        unit=form[unit_name] if unit_name in form.fields else None,
        reason=form[f"{field.name}_missing"] if f"{field.name}_missing" in form.fields else None,
        problems=[problem for name in names for problem in form.problems.get(name, [])],
    )
