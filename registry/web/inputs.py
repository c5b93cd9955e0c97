"""One CRF field as an input of a page. Reading what was typed is left to the field itself."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.crf import typed_dates, words
from registry.crf.fields import is_beside_value
from registry.crf.missing import REASONS
from registry.web import typed_numbers

MOST_RADIO_BUTTONS = 6
LONG_TEXT = 300

LONG_LIST = 8  # a longer one can be searched

_YES_NO = {"1": _("yes"), "0": _("no")}
_EMPTY: tuple[Any, ...] = ("", None, [], ())
_FORMATS = {
    "date": _("year first, or the month in letters: 2019-04-03, 3 Apr 2019"),
    "partial-date": _("as far as it is known: 2019-04-03, 2019-04, Apr 2019 or 2019"),
}
_TIDY: dict[str, Callable[[str], str]] = {
    "date": typed_dates.tidy_day,
    "partial-date": typed_dates.tidy,
    "decimal": typed_numbers.tidy,
    "int": typed_numbers.tidy_whole,
}


class Radio(forms.RadioSelect):
    template_name = "components/choices.html"


class Checkboxes(forms.CheckboxSelectMultiple):
    template_name = "components/choices.html"


class CrfInput(forms.Field):
    """Never required here: what is missing is said when the form is completed, not while it is filled in."""

    def __init__(self, field: Any) -> None:
        self.field = field
        super().__init__(label=field.verbose_name, required=False, help_text=_help(field), widget=_widget(field))

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip()
            value = _TIDY.get(self.field.crf.kind, str)(value) if value else value
        elif isinstance(value, list):
            value = [code for code in value if code]
        if value in _EMPTY:
            return None
        read = self.field.to_python(value)
        if read is not None and self.field.crf.choices:
            self.field.validate(read, None)  # a code outside its list stops here
        return read


class ReasonInput(forms.ChoiceField):
    """Why there is no value. It stands beside the value under the name `<field>_missing`."""

    def __init__(self, field: Any) -> None:
        label = gettext("Reason missing: %(item)s") % {"item": field.verbose_name}
        choices = [("", gettext("reason missing …")), *REASONS.items()]
        widget = forms.Select(attrs={"class": "form-select form-select-sm", "aria-label": label})
        super().__init__(label=label, required=False, choices=choices, widget=widget)


def _widget(field: Any) -> forms.Widget:
    codes = _YES_NO if field.crf.kind == "bool" else field.crf.choices
    match field.crf.kind:
        case "multi-choice":
            return Checkboxes(choices=list(codes.items()))
        case "bool" | "choice" if len(codes) <= MOST_RADIO_BUTTONS and not is_beside_value(field):
            return Radio(choices=[*codes.items(), ("", _("no answer"))])
        case "bool" | "choice":
            name = {"aria-label": field.verbose_name} if is_beside_value(field) else {}
            return forms.Select(choices=[("", "–"), *codes.items()], attrs={"class": "form-select"} | name)
        case _:
            return _text_widget(field)


def _text_widget(field: Any) -> forms.Widget:
    attributes: dict[str, Any] = {"class": "form-control", "autocomplete": "off"}
    if field.crf.kind == "text":
        if (field.max_length or 0) >= LONG_TEXT:
            return forms.Textarea(attrs=attributes | {"rows": 2})
        return forms.TextInput(attrs=attributes | {"maxlength": field.max_length})
    attributes["class"] += " number" if field.crf.kind in ("int", "decimal") else " date"
    if field.crf.kind in ("int", "decimal"):
        attributes["inputmode"] = "decimal" if field.crf.kind == "decimal" else "numeric"
    return forms.TextInput(attrs=attributes)


def _help(field: Any) -> str:
    limits = words.limits_in_words(field.crf)
    parts = [str(_FORMATS.get(field.crf.kind, "")), f"{limits} {field.crf.unit}".strip() if limits else ""]
    return ", ".join(filter(None, parts))


def is_long_list(field: Any) -> bool:
    return len(field.crf.choices) > LONG_LIST


def is_conditional(field: Any) -> bool:
    return isinstance(field.crf.required, Q)
