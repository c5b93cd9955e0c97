"""The lines of a form page: one question each, with its input, its unit, and why it may be missing."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from registry.checks.completeness import is_answered, is_required
from registry.crf import words
from registry.crf.fields import crf_fields, is_beside_value, is_unit, unit_beside
from registry.web.confirming import Question, Questions
from registry.web.inputs import Checkboxes, Radio, is_conditional, is_long_list
from registry.web.panels import Panel
from registry.web.readings import Reading
from registry.web.record_form import Problem, RecordForm


@dataclass(frozen=True)
class Line:
    """One question of the page. Without `value` it is read-only and shows `answer`."""

    name: str
    unit_name: str
    label: str
    items: str  # item numbers of the paper form
    requirement: str
    applies: bool
    is_asked: bool  # must be answered, given the other answers
    is_answered: bool
    is_empty: bool  # not even a value that cannot be read
    is_searchable: bool
    is_unit: bool
    condition: str  # as JSON for the script, where the question depends on another answer
    unit_text: str
    answer: str
    value: Any
    unit: Any
    reason: Any
    problems: list[Problem]
    reading: Reading
    panel: Panel | None
    questions: list[Question]
    stored: str | None  # what is stored, where the page shows other input that was kept and not saved

    @property
    def asked(self) -> str:
        """For the script, which counts while somebody types."""
        return "when" if self.condition else "always" if self.is_asked else "never"

    @property
    def is_group(self) -> bool:
        return self.value is not None and isinstance(self.value.field.widget, Radio | Checkboxes)


@dataclass(frozen=True)
class Beside:
    """What stands with the questions: readings, panels, questions of the rules, and what is stored instead."""

    readings: Mapping[str, Reading]
    panels: Mapping[str, Panel]
    questions: Questions
    stored: Mapping[str, str]


def lines(form: RecordForm, beside: Beside) -> Iterator[Line]:
    """In the order of the paper form; a unit of one value stands beside that value."""
    for field in crf_fields(type(form.record)):
        if not is_beside_value(field):
            yield _line(form, field, beside)


def _line(form: RecordForm, field: Any, beside: Beside) -> Line:
    model, unit_name = type(form.record), unit_beside(field)
    names = [field.name, *([unit_name] if unit_name else [])]
    problems = [problem for name in names for problem in form.problems.get(name, [])]
    conditional, is_asked = is_conditional(field), is_required(field, form.record)
    return Line(
        name=field.name,
        unit_name=unit_name,
        label=str(field.verbose_name),
        items=", ".join(model._meta.get_field(name).crf.number for name in names),
        requirement=words.required_in_words(model, field),
        applies=not conditional or is_asked,
        is_asked=is_asked,
        is_answered=_is_answered(field, unit_name, form.record),
        is_empty=is_unit(field) or not (is_answered(field, form.record) or form.data.get(field.name)),
        is_searchable=is_long_list(field),
        is_unit=is_unit(field),
        condition=json.dumps(words.condition_as_json(field.crf.required)) if conditional else "",
        unit_text="" if field.crf.unit_field or not field.crf.unit else field.crf.unit,
        answer=words.answer_in_words(field, form.record),
        value=form[field.name] if field.name in form.fields else None,
        unit=form[unit_name] if unit_name in form.fields else None,
        reason=form[f"{field.name}_missing"] if f"{field.name}_missing" in form.fields else None,
        problems=problems,
        reading=beside.readings[field.name].without([problem.message for problem in problems]),
        panel=beside.panels.get(field.name),
        questions=beside.questions.at(*names),
        stored=beside.stored.get(field.name),
    )


def _is_answered(field: Any, unit_name: str, record: Any) -> bool:
    """A value is an answer only together with the unit beside it."""
    has_unit = not unit_name or field.name in record.missing or getattr(record, unit_name) is not None
    return has_unit and is_answered(field, record)
