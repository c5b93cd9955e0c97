"""The codebook in words, for readers: the page and the printed codebook show the same entries."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.crf import words
from registry.crf.fields import crf_fields
from registry.crf.language import Words
from registry.crf.missing import REASONS

TYPES: dict[str, Words] = {
    "int": gettext_lazy("whole number"),
    "decimal": gettext_lazy("number"),
    "text": gettext_lazy("text"),
    "bool": gettext_lazy("yes or no"),
    "choice": gettext_lazy("one answer"),
    "multi-choice": gettext_lazy("one or more answers"),
    "date": gettext_lazy("date"),
    "partial-date": gettext_lazy("date; day or month may be unknown"),
}


@dataclass(frozen=True)
class Entry:
    """One item of the case report form."""

    number: str
    name: str
    label: str
    type: str
    unit: str
    codes: list[tuple[str, str]]
    required: str
    usual: str
    possible: str
    missing: str
    review_only: bool
    source: str

    def says(self, text: str) -> bool:
        """Does the item name this, in its number, name, label, unit, codes or source? Without regard to case."""
        parts = [self.number, self.name, self.label, self.unit, self.source]
        parts += [part for code in self.codes for part in code]
        return text.casefold() in "\n".join(parts).casefold()


def entries(model: Any) -> list[Entry]:
    """The items of one form in the order of the paper."""
    return [_entry(model, field) for field in crf_fields(model)]


def note_on(model: Any) -> str:
    """How often a patient has the form, where that is not once."""
    return _("A patient may have this form several times.") if model.repeats else ""


def _entry(model: Any, field: Any) -> Entry:
    item = field.crf
    return Entry(
        number=item.number,
        name=item.name,
        label=str(field.verbose_name),
        type=str(TYPES[item.kind]),
        unit=str(item.unit),
        codes=[(code, str(label)) for code, label in item.choices.items()],
        required=words.required_in_words(model, field),
        usual=words.range_in_words(item.soft),
        possible=words.range_in_words(item.hard),
        missing=", ".join(REASONS) if item.may_be_missing else "",
        review_only=item.review_only,
        source=str(item.source),
    )
