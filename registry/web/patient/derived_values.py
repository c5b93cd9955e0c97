"""The derived values of a patient: each with its rule, the answers it rests on, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from registry.checks.records import PatientRecords
from registry.crf import conditions, words
from registry.crf.titles import title_of
from registry.derivations.catalogue import GROUPS
from registry.derivations.derived import Derived, Value
from registry.models import FORMS_BY_NAME
from registry.web.addresses import record_address
from registry.web.places import address_of_place, anchor


@dataclass(frozen=True)
class Answer:
    """One answer; without a value it is what is missing."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Source:
    """The answers of one record; of none where the form is not started."""

    title: str
    url: str
    answers: tuple[Answer, ...]
    is_started: bool = True

    @property
    def missing(self) -> "Source":
        return replace(self, answers=tuple(answer for answer in self.answers if not answer.value))


@dataclass(frozen=True)
class DerivedValue:
    """`value` is empty while it cannot be derived."""

    variable: Derived
    value: str
    applies: bool
    sources: tuple[Source, ...]

    @property
    def missing(self) -> list[Source]:
        """Where something is missing: an answer, or the whole form."""
        if self.value or not self.applies:
            return []
        return [source.missing for source in self.sources if not source.is_started or source.missing.answers]

    @property
    def entered(self) -> list[Source]:
        return [source for source in self.sources if any(answer.value for answer in source.answers)]


@dataclass(frozen=True)
class DerivedGroup:
    title: str | Promise
    values: tuple[DerivedValue, ...]


def derived_values(records: PatientRecords) -> list[DerivedGroup]:
    """No database query: everything is read from the records at hand."""
    answers = Answers(records)
    return [
        DerivedGroup(group.title, tuple(_value(variable, records, answers) for variable in group.variables))
        for group in GROUPS
    ]


def _value(variable: Derived, records: PatientRecords, answers: "Answers") -> DerivedValue:
    applies = variable.applies(records.answers) is not False
    value = value_in_words(variable, variable.derive(records.answers)) if applies else ""
    return DerivedValue(variable, value, applies, tuple(answers.of(variable)))


def value_in_words(variable: Derived, value: Value) -> str:
    """Empty where there is none."""
    match value:
        case None:
            return ""
        case bool():
            return _code_in_words(variable, str(int(value))) or (_("yes") if value else _("no"))
        case tuple():
            return ", ".join(_code_in_words(variable, code) or code for code in value) or _("none")
        case Decimal() | int():
            return f"{localize(value)} {variable.unit}".strip()
        case _:
            return _code_in_words(variable, str(value)) or str(value)


def _code_in_words(variable: Derived, code: str) -> str:
    if code in variable.codes or not variable.codes_of:
        return str(variable.codes.get(code, ""))
    form, _dot, field = variable.codes_of.partition(".")
    return str(FORMS_BY_NAME[form]._meta.get_field(field).crf.choices.get(code, ""))  # type: ignore[union-attr]


class Answers:
    """The answers of one patient, each put into words once however many variables rest on it."""

    def __init__(self, records: PatientRecords) -> None:
        self.records = records
        self.known: dict[tuple[str, int], Answer | None] = {}

    def of(self, variable: Derived) -> Iterator[Source]:
        """By record; a form that every such patient has and this one has not is there without answers."""
        by_form: dict[str, list[str]] = {}
        for item in variable.items:
            form, _dot, field = item.partition(".")
            by_form.setdefault(form, []).append(field)
        for form, fields in by_form.items():
            records = self.by_form.get(form, [])
            for record in records:
                found = (self._answer(record, field) for field in fields)
                yield Source(title_of(record), record_address(record), tuple(each for each in found if each))
            if not records:
                yield self._not_started(form)

    def _not_started(self, form: str) -> Source:
        title = str(FORMS_BY_NAME[form]._meta.verbose_name)
        return Source(title, address_of_place(self.records, form, None, ""), (), is_started=False)

    @cached_property
    def by_form(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {"patient": [self.records.patient]}
        for record in self.records.forms:
            found.setdefault(record.form, self.records.all(record.form))
        return found

    def _answer(self, record: Any, name: str) -> Answer | None:
        """None where the question neither applies nor is answered."""
        key = name, id(record)
        if key not in self.known:
            self.known[key] = self._read(record, name)
        return self.known[key]

    def _read(self, record: Any, name: str) -> Answer | None:
        field = record._meta.get_field(name)
        value = words.answer_in_words(field, record)
        if not value and not _is_asked(field.crf.required, record):
            return None
        return Answer(str(field.verbose_name), value, record_address(record) + anchor(name))


def _is_asked(required: bool | Q, record: Any) -> bool:
    return bool(conditions.evaluate(required, record) if isinstance(required, Q) else required)
