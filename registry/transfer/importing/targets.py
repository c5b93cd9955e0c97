"""What a column of a file can be: an item of a form, why it is missing, or a key of the row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.crf.fields import crf_fields
from registry.crf.titles import number_codes, title_of_number
from registry.models import ALL_FORMS, FORMS_BY_NAME
from registry.transfer.importing.values import LANGUAGES, whole_number

MISSING: Final = "_missing"
PATIENT, NUMBER, STATE, VERSION, CENTRE = "patient_id", "instance_no", "form_state", "version", "centre_no"
KEYS: Final = (PATIENT, NUMBER, STATE, VERSION, CENTRE)
# Of our own exports: what the registry computes or keeps for itself.
IGNORED: Final = ("excluded", "excluded_reason")
REPEATS_IN_COLUMNS: Final = 10  # a table with one row a patient can hold so many cycles side by side


@dataclass(frozen=True)
class Target:
    """`form/number/name` as text. The number is empty where the form has none, or a column of the row holds it.

    A fourth part is the unit of the whole column, where a table says it in its heading.
    """

    form: str
    name: str
    number: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return "/".join([self.form, self.number, self.name, *([self.unit] if self.unit else [])])

    @classmethod
    def parse(cls, text: str) -> "Target | None":
        form, _slash, rest = text.partition("/")
        number, _slash, rest = rest.partition("/")
        name, _slash, unit = rest.partition("/")
        target = cls(form, name, number, unit)
        return target if target.is_known() else None

    def is_known(self) -> bool:
        model = FORMS_BY_NAME.get(self.form)
        if self.form == "" and self.number == "":
            return self.name == PATIENT
        if model is None or self.form == "centre" or (self.number and not _has_number(model, self.number)):
            return False
        if self.unit and self.unit not in units_of(self.field):
            return False
        return self.name in KEYS or self.name in names_of(self.form)

    @property
    def field(self) -> Any:
        """The item; None for a key."""
        return names_of(self.form).get(self.name)

    @property
    def is_reason(self) -> bool:
        return self.name.endswith(MISSING) and self.field is not None

    @property
    def is_ignored(self) -> bool:
        return self.name in IGNORED or self.name.endswith("_precision")


LEFT_OUT: Final = Target("", "")


def _has_number(model: Any, number: str) -> bool:
    if not model.repeats:
        return False
    return number in number_codes(model) if number_codes(model) else 0 < (whole_number(number) or 0) < 100


@cache
def names_of(form: str) -> dict[str, Any]:
    """Items of the form by their dictionary names, with the columns of their missing reasons."""
    found: dict[str, Any] = {}
    for field in crf_fields(FORMS_BY_NAME[form]):
        found[field.crf.name] = field
        if field.crf.may_be_missing:
            found[f"{field.crf.name}{MISSING}"] = field
    return found


def units_of(field: Any) -> Mapping[str, Any]:
    """Codes and words of the units in which the item can be given; empty where it has one, or none."""
    if field is None or not field.crf.unit_field:
        return {}
    return field.model._meta.get_field(field.crf.unit_field).crf.choices  # type: ignore[no-any-return]


def in_form(form: str, heading: str) -> Target | None:
    """What a heading of a sheet of this form is, by its name or its label; None where nothing is called so."""
    name = heading.strip()
    names = names_of(form)
    if name in names or name in KEYS or name in IGNORED:
        return Target(form, name)
    if name.removesuffix("_precision") in names:
        return Target(form, name)
    found = _by_label(form).get(name.casefold())
    return Target(form, found) if found else None


@cache
def _by_label(form: str) -> dict[str, str]:
    """Labels that only one item of the form has, in every language of the registry."""
    found: dict[str, set[str]] = {}
    for field in crf_fields(FORMS_BY_NAME[form]):
        for language in LANGUAGES:
            with override(language):
                found.setdefault(str(field.verbose_name).casefold(), set()).add(field.crf.name)
    return {label: names.pop() for label, names in found.items() if len(names) == 1}


def form_of_sheet(sheet: str) -> str:
    """The form that a sheet or a file is named after; empty where it is none."""
    return _forms_by_title().get(sheet.strip().casefold(), "")


@cache
def _forms_by_title() -> dict[str, str]:
    found = {}
    for form, model in FORMS_BY_NAME.items():
        for language in LANGUAGES if form != "centre" else ():
            with override(language):
                titles = (form, model._meta.verbose_name, model._meta.verbose_name_plural)
                found |= {str(title).casefold(): form for title in titles}
    return found


@cache
def labels_of_patient_number() -> frozenset[str]:
    """What stands in our workbook below the name of the first column."""
    found = set()
    for language in LANGUAGES:
        with override(language):
            found.add(str(names_of("patient")[PATIENT].verbose_name).casefold())
    return frozenset(found)


def choices() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every target with its words, by form, and by number where a form repeats: for the page that matches columns."""
    yield "", [(str(Target("", PATIENT)), _("Registry patient number"))]
    for model in ALL_FORMS:
        if model.form == "centre":
            continue
        for number in _numbers(model):
            title = title_of_number(model, number or None) if model.repeats else str(model._meta.verbose_name)
            title = title if number or not model.repeats else _("%(form)s, numbered by the row") % {"form": title}
            yield title, list(_choices_of(model, str(number)))


def _numbers(model: Any) -> list[Any]:
    if not model.repeats:
        return [""]
    return ["", *(number_codes(model) or range(1, REPEATS_IN_COLUMNS + 1))]


def _choices_of(model: Any, number: str) -> Iterator[tuple[str, str]]:
    if model.repeats and not number and model.number_field == NUMBER:
        yield str(Target(model.form, NUMBER)), _("Number")
    for name, field in names_of(model.form).items():
        if number and name == model.number_field:
            continue
        label = str(field.verbose_name)
        shown = _("Reason missing: %(item)s") % {"item": label} if name.endswith(MISSING) else label
        if name != PATIENT:
            yield str(Target(model.form, name, number)), shown
        for code, unit in () if name.endswith(MISSING) else units_of(field).items():
            yield str(Target(model.form, name, number, code)), _("%(item)s in %(unit)s") % {"item": label, "unit": unit}
