"""One paper form as a page form, made from the declarations of its fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from registry.actions.editable import is_editable
from registry.checks.completeness import REQUIRED
from registry.checks.finding import Finding
from registry.crf.fields import crf_fields
from registry.crf.rows import plain
from registry.web.inputs import Checkboxes, CrfInput, Radio, ReasonInput
from registry.web.typed_numbers import shown


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, in words; `anchor` leads to the input."""

    message: str
    label: str = ""
    check_id: str = ""
    anchor: str = ""


class RecordForm(forms.Form):
    """The inputs of one record that this user may change, filled from what was posted or else from the record.

    It is always bound, so that stored values and typed ones are shown in the same way.
    """

    def __init__(self, record: Any, *, user: Any, posted: Mapping[str, Any] | None = None) -> None:
        self.record = record
        self.problems: dict[str, list[Problem]] = {}
        self.unreadable: dict[str, list[str]] = {}
        super().__init__(as_posted(record) if posted is None else posted)
        for field in crf_fields(type(record)):
            if is_editable(field, record, user):
                self.fields[field.name] = CrfInput(field)
                if field.crf.may_be_missing:
                    self.fields[f"{field.name}_missing"] = ReasonInput(field)

    def apply_to(self, record: Any) -> None:
        """Put what was typed on the record. What could not be read leaves the field empty and is a problem."""
        self.is_valid()
        self.unreadable = {name: [str(error) for error in errors] for name, errors in self.errors.items()}
        missing = {name: reason for name, reason in record.missing.items() if name not in self.fields}
        for field in self._crf_fields():
            setattr(record, field.attname, self.cleaned_data.get(field.name))
            if reason := self.cleaned_data.get(f"{field.name}_missing"):
                missing[field.name] = reason
        record.missing = missing
        self.record = record
        self._drop_units_without_value(record)

    def refuse_unreadable(self) -> bool:
        """Name what could not be read; True if there was any."""
        for name, errors in self.errors.as_data().items():
            for error in errors:
                self._add(name, error.messages[0], label=str(self.fields[name].label))
        return bool(self.problems)

    def add_errors(self, error: ValidationError) -> None:
        """Faults that no draft may hold, as `save_record` names them."""
        for name, errors in error.update_error_dict({}).items():
            for each in errors:
                self._add(name, each.messages[0], label=self._label(name))

    def add_findings(self, findings: list[Finding]) -> None:
        """What keeps the record from being complete, beside every field concerned."""
        for finding in findings:
            number = getattr(self.record, "instance_no", None)
            here = [
                place.field
                for place in finding.places
                if place.form == self.record.form and place.instance_no in (None, number)
            ]
            check_id = "" if finding.check_id == REQUIRED else finding.check_id
            for name in here or [""]:
                label = self._label(name) if len(here) == 1 else ""
                label = "" if label in finding.message else label  # most messages name the field themselves
                self._add(name, finding.message, label=label, check_id=check_id)

    def add_problem(self, message: str, *, anchor: str = "") -> None:
        """What concerns the form as a whole."""
        self.problems.setdefault("", []).append(Problem(message, anchor=anchor))

    @property
    def summary(self) -> list[Problem]:
        """Each problem once, in the order of the form."""
        order = ["", *(field.name for field in crf_fields(type(self.record)))]
        names = sorted(self.problems, key=lambda name: order.index(name) if name in order else len(order))
        by_message = {(each.label, each.message): each for name in reversed(names) for each in self.problems[name]}
        return list(reversed(by_message.values()))

    def _crf_fields(self) -> Iterator[Any]:
        return (field for field in crf_fields(type(self.record)) if field.name in self.fields)

    def _drop_units_without_value(self, record: Any) -> None:
        """A preselected unit says nothing where no value was given."""
        used: dict[str, bool] = {}
        for field in self._crf_fields():
            if unit := field.crf.unit_field:
                used[unit] = used.get(unit, False) or getattr(record, field.name) is not None
        for unit, has_value in used.items():
            if not has_value:
                setattr(record, unit, None)

    def _label(self, name: str) -> str:
        return str(self.fields[name].label) if name in self.fields else ""

    def _add(self, name: str, message: str, *, label: str = "", check_id: str = "") -> None:
        name = name.removesuffix("_missing") if name not in self.fields or name.endswith("_missing") else name
        if name not in self.fields:
            name = ""
        problem = Problem(message, label, check_id, self._anchor(name))
        if problem not in self.problems.setdefault(name, []):
            self.problems[name].append(problem)
        if name and not self.has_error(name):
            self.add_error(name, message)

    def _anchor(self, name: str) -> str:
        if not name:
            return ""
        is_group = isinstance(self.fields[name].widget, Radio | Checkboxes)
        return f"#{self[name].auto_id}{'_0' if is_group else ''}"


def as_posted(record: Any) -> dict[str, Any]:
    """The record as a browser would post it."""
    posted: dict[str, Any] = {}
    for field in crf_fields(type(record)):
        posted[field.name] = as_typed(getattr(record, field.attname))
        posted[f"{field.name}_missing"] = record.missing.get(field.name, "")
    return posted


def as_typed(value: Any) -> Any:
    """A value as the inputs of this page show it."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        return value
    if isinstance(value, Decimal):
        return shown(value)
    return "" if value is None else str(plain(value))
