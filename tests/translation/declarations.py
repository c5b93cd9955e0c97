"""The texts of the dictionary: what the forms, checks and derivations declare or hand to a function of translation."""

import re
from collections.abc import Iterator
from typing import Any, Final

from registry.checks.catalogue import catalogue
from registry.checks.rules import rules_of
from registry.crf import codebook
from registry.crf.fields import crf_fields
from registry.crf.language import english
from registry.models import CrfForm
from tests.translation.sources import ROOT, Text, in_module

MODULES: Final = ("crf", "derivations", "checks", "models", "transfer")


def texts() -> dict[tuple[str, str], Text]:
    """By context and text, in the order of the paper and then of the code."""
    found: dict[tuple[str, str], Text] = {}
    for place, text in (*_declared(), *_in_code()):
        known = found.setdefault(text.key, text)
        known.files += [place] if place not in known.files else []
    return {key: text for key, text in found.items() if _has_words(text.text)}


def _has_words(text: str) -> bool:
    """Braces are filled with values, and a number or a sign is the same in every language."""
    return bool(re.search(r"[^\W\d_]", re.sub(r"\{\w*\}", "", text)))


def _declared() -> Iterator[tuple[str, Text]]:
    for place, text in (*_of_forms(), *_of_checks()):
        yield place, Text(english(text))


def _of_forms() -> Iterator[tuple[str, Any]]:
    for model in codebook.forms():
        yield model.form, model._meta.verbose_name
        for field in crf_fields(model):
            item = field.crf
            for text in (field.verbose_name, item.unit, item.source, *item.choices.values()):
                yield f"{model.form}.{field.name}", text
    for state in CrfForm.State.values:
        yield "state", state


def _of_checks() -> Iterator[tuple[str, Any]]:
    for entry in catalogue():
        yield entry.check_id, entry.message
    for model in codebook.forms():
        yield from ((rule.check_id, rule.message) for rule in rules_of(model))
        for constraint in model._meta.constraints:
            if constraint.violation_error_message != constraint.default_violation_error_message:
                yield model.form, constraint.violation_error_message


def _in_code() -> Iterator[tuple[str, Text]]:
    for layer in MODULES:
        for path in sorted((ROOT / "registry" / layer).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            yield from ((place, text) for text in in_module(path.read_text()))
