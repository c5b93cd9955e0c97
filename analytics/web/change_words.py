"""A stored comparison in the words of the paper form."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from analytics.reports import display
from registry.crf import words
from registry.crf.fields import crf_fields
from registry.crf.titles import number_codes, title_of_number
from registry.models import FORMS_BY_NAME, Patient
from registry.web.addresses import patient_address
from registry.web.board.words import WORDS
from registry.web.history.words import role_in_words

MISSING = "missing: "


@dataclass(frozen=True)
class ChangedItem:
    """One answer; `author` has name, role, reason, channel and time, or is empty."""

    form: str
    item: str
    old: str
    new: str
    author: Mapping[str, Any]


@dataclass(frozen=True)
class ChangedPatient:
    number: str
    url: str
    is_new: bool
    enters: bool
    leaves: bool
    items: list[ChangedItem]
    effects: list[tuple[str, str, str]]
    effects_unknown: bool


def comparison_in_words(document: Mapping[str, Any], *, reader: Any) -> dict[str, Any]:
    """What the page shows; patients that moved a number come first."""
    numbers = [patient["patient"] for patient in document["patients"]]
    known = {patient.number: patient for patient in Patient.objects.visible_to(reader).filter(number__in=numbers)}
    patients = [_patient(each, known.get(each["patient"])) for each in document["patients"]]
    return document | {
        "total": [_effect(effect) for effect in document["total"]],
        "with_effect": [patient for patient in patients if patient.effects or patient.effects_unknown],
        "without_effect": [patient for patient in patients if not patient.effects and not patient.effects_unknown],
    }


def effect_in_words(number: Mapping[str, Any] | None) -> str:
    """A headline number with its interval."""
    if number is None:
        return "–"
    limits = display.interval_of(number)
    return display.value_of(number) + (f" ({limits})" if limits else "")


def _effect(effect: Mapping[str, Any]) -> tuple[str, str, str]:
    return effect["label"], effect_in_words(effect["without"]), effect_in_words(effect["with_it"])


def _patient(found: Mapping[str, Any], patient: Patient | None) -> ChangedPatient:
    return ChangedPatient(
        number=found["patient"],
        url=patient_address(patient) if patient else "",
        is_new=found["is_new"],
        enters=found["enters_analysis"],
        leaves=found["leaves_analysis"],
        items=[_item(each["change"], each["author"]) for each in found["changes"]],
        effects=[_effect(effect) for effect in found["effects"] or ()],
        effects_unknown=found["effects"] is None,
    )


def _item(change: Mapping[str, Any], author: Mapping[str, Any] | None) -> ChangedItem:
    model = FORMS_BY_NAME.get(change["form"])
    return ChangedItem(
        form=_form(model, change),
        item=_label(model, change["field"]),
        old=_value(model, change["field"], change["old"]),
        new=_value(model, change["field"], change["new"]),
        author=_author(author) if author else {},
    )


def _author(author: Mapping[str, Any]) -> dict[str, Any]:
    return {**author, "role": role_in_words(author["role"]), "at": dt.datetime.fromisoformat(author["at"])}


def _form(model: Any, change: Mapping[str, Any]) -> str:
    if model is None:
        return str(change["form"])
    if not model.repeats:
        return str(model._meta.verbose_name)
    codes = list(number_codes(model) or ())  # a time point stands as its place among them
    return title_of_number(model, codes[change["instance"] - 1] if codes else change["instance"])


def _field(model: Any, name: str) -> Any:
    return next((field for field in crf_fields(model) if field.crf.name == name), None) if model else None


def _label(model: Any, name: str) -> str:
    field = _field(model, name)
    beside = {
        "state": _("State"),
        "excluded": _("Excluded from analysis"),
        "excluded_reason": _("Reason for exclusion"),
    }
    return str(field.verbose_name) if field else beside.get(name, name)


def _value(model: Any, name: str, value: Any) -> str:
    field = _field(model, name)
    if isinstance(value, str) and value.startswith(MISSING):
        return words.reason_in_words(value.removeprefix(MISSING))
    if field is not None:
        return words.value_in_words(field, value)
    if name == "state":
        return str(WORDS.get(value, ""))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
