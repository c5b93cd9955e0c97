"""Texts in the language of their reader: declared and stored in English, translated where they are shown.

A text that is made of others keeps its parts, so that a sentence stored today is read in any language tomorrow.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

Words = str | Promise


def declared(text: Words) -> Words:
    """A text of a declaration, translated each time that it is read. The catalogue has no entry for nothing."""
    return gettext_lazy(text) if isinstance(text, str) and text else text


def english(text: object) -> str:
    """The text as it is stored and exported, whoever is reading."""
    with override(None):
        return str(text)


class Message(Promise):
    """A sentence with what fills its braces. Equal to a text that reads the same."""

    def __init__(self, sentence: str, /, **values: Any) -> None:
        self.sentence, self.values = sentence, values

    def __str__(self) -> str:
        shown = {name: _shown(value) for name, value in self.values.items()}
        return gettext(self.sentence).format(**shown) if self.sentence else ""

    def __repr__(self) -> str:
        return repr(str(self))

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, str | Promise) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))


class Listing(Message):
    """Several texts, one after the other; those that say nothing are left out."""

    def __init__(self, texts: Iterable[Words | Decimal], separator: Words = "; ") -> None:
        super().__init__("")
        self.texts, self.separator = tuple(texts), separator

    def __str__(self) -> str:
        return str(self.separator).join(filter(None, map(_shown, self.texts)))


def _shown(value: Any) -> str:
    return str(localize(value) if isinstance(value, Decimal) else value)


def taken_apart(value: Any) -> Any:
    """A text, or a value in one, as JSON that no language is part of."""
    match value:
        case Listing():
            return {"texts": [taken_apart(text) for text in value.texts], "separator": english(value.separator)}
        case Message():
            parts = {name: taken_apart(part) for name, part in value.values.items()}
            return {"sentence": value.sentence, "values": parts}
        case Promise():
            return {"sentence": english(value), "values": {}}
        case Decimal():
            return {"number": str(value)}
        case _:
            return str(value)


def put_together(parts: Any) -> Any:
    """The text, or the value, that was taken apart."""
    match parts:
        case {"sentence": sentence, "values": Mapping() as values}:
            return Message(sentence, **{name: put_together(part) for name, part in values.items()})
        case {"texts": texts, "separator": separator}:
            return Listing((put_together(text) for text in texts), declared(separator))
        case {"number": number}:
            return Decimal(number)
        case _:
            return parts
