"""How a file writes: its dates and numbers, and the words of its centre."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.crf.fields import CrfField
from registry.models import ImportBatch, WordMapping


def folded(text: str) -> str:
    """How a text is compared: whatever its capitals, accents and spaces."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


@dataclass(frozen=True)
class Meaning:
    """What a centre means by a word: an answer, the reason why there is none, or, with neither, a blank cell."""

    answer: str = ""
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.answer and not self.reason


@dataclass(frozen=True)
class Notation:
    """How the file writes dates and numbers as text, which typed cells of a workbook do not need; and the centre's
    words, by item and by the word as it is compared."""

    date_order: str = "ymd"
    decimal_sign: str = "."
    words: Mapping[tuple[str, str], Meaning] = field(default_factory=dict)

    def meaning_of(self, item: CrfField, text: str) -> Meaning | None:
        """Of this item, else wherever the word stands; a reason only where the item may be missing."""
        word = folded(text)
        if found := self.words.get((name_of(item), word)):
            return found
        found = self.words.get(("", word))
        return None if found and found.reason and not item.crf.may_be_missing else found


def name_of(item: CrfField) -> str:
    return f"{item.model.form}.{item.name}"


def notation_of(batch: ImportBatch) -> Notation:
    mappings = WordMapping.objects.filter(centre=batch.centre_id)
    words = {(each.item, each.word): Meaning(each.answer, each.reason) for each in mappings}
    return Notation(batch.date_order, batch.decimal_sign, words)
