"""The labels of variables and values that a file of a statistics package must have, from the declarations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from registry.crf.fields import crf_fields
from registry.crf.language import english
from registry.crf.missing import REASONS
from registry.models import ALL_FORMS

Labels = dict[str, dict[str, str]]  # by form and variable: its label; by `variable=value`: the label of the value
YES_NO: Final = {"1": "yes", "0": "no"}


@dataclass(frozen=True)
class Package:
    """How much of a label fits, in bytes, and what stands for the four missing reasons. SAS has labels of variables."""

    longest: int
    missing: tuple[str, ...]
    dates_are_tagged: bool = False
    has_values: bool = True


PACKAGES: Final = {
    "spss": Package(255, ("-99", "-98", "-97", "-96")),
    "stata": Package(80, ("a", "b", "c", "d"), dates_are_tagged=True),
    "sas": Package(40, (), has_values=False),
}


def expected_labels(package: Package) -> Labels:
    return {
        model.form: {name: label for field in crf_fields(model) for name, label in _of_item(field, package)}
        for model in ALL_FORMS
    }


def _of_item(field: Any, package: Package) -> Iterator[tuple[str, str]]:
    name, kind = field.crf.name, field.crf.kind
    question = english(field.verbose_name)
    label = f"{question}, {english(field.crf.unit)}" if field.crf.unit else question
    codes = {str(field.crf.integer_codes[code]): english(words) for code, words in field.crf.choices.items()}
    if kind == "multi-choice":
        variables = {f"{name}_{code}": (f"{label}: {words}", YES_NO) for code, words in codes.items()}
    else:
        variables = {name: (label, YES_NO if kind == "bool" else codes)}
    is_tagged = kind in ("int", "decimal", "bool", "choice", "multi-choice") or (
        kind == "date" and package.dates_are_tagged
    )
    reasons = [english(words) for words in REASONS.values()]
    tagged = dict(zip(package.missing, reasons, strict=False)) if field.crf.may_be_missing and is_tagged else {}
    if field.crf.may_be_missing:
        numbered = {str(number): words for number, words in enumerate(reasons, start=1)}
        variables[f"{name}_missing"] = (f"{question}: why missing", numbered)
    for variable, (title, values) in variables.items():
        yield variable, title.encode()[: package.longest].decode(errors="ignore").rstrip()
        if package.has_values:
            of_value = values if variable.endswith("_missing") else values | tagged
            yield from ((f"{variable}={value}", words) for value, words in of_value.items())
