"""What is cut off or made uniform before the karyotype is read."""

import re
import unicodedata

from registry.crf.karyotype.problem import Unreadable
from registry.crf.language import Message

DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
LOOKALIKES = DASHES | {ord("\u00d7"): "x", ord("\u223c"): "~", ord("\u02dc"): "~", ord("\u2192"): "->"}

BLANK_AROUND_SEPARATOR = re.compile(r"\s*([,;/()\[\]])\s*")
OTHER_BLANKS = re.compile(r"\s+")
FISH_OR_ARRAY = r"(?:nuc ?ish|ish|arr)\b"
STARTS_WITH_FISH_OR_ARRAY = re.compile(FISH_OR_ARRAY)
FISH_OR_ARRAY_PART = re.compile(r"(?:\. ?| |(?<=\]))" + FISH_OR_ARRAY)


def normalise(text: str) -> str:
    """One kind of dash, no invisible characters, no blanks around separators; case is kept because it matters."""
    visible = "".join(sign for sign in text.translate(LOOKALIKES) if unicodedata.category(sign) != "Cf")
    compact = BLANK_AROUND_SEPARATOR.sub(r"\1", visible)
    return OTHER_BLANKS.sub(" ", compact).strip().rstrip(".")


def recipient_karyotype(text: str) -> tuple[str, list[Message]]:
    """The banded karyotype of the patient's own cells, and remarks on what was left out."""
    whole = normalise(text)
    if not whole:
        raise Unreadable(Message("no karyotype is given"), "")
    if STARTS_WITH_FISH_OR_ARRAY.match(whole):
        raise Unreadable(Message("FISH/array only: no banded karyotype"), whole)
    remarks = []
    banded = FISH_OR_ARRAY_PART.split(whole, maxsplit=1)[0]
    if banded != whole:
        remarks.append(Message("fish/array part ignored"))
    recipient, _, donor = banded.partition("//")
    if not recipient:
        raise Unreadable(Message("donor cells only: class not assessable"), whole)
    if donor:
        remarks.append(Message("donor part ignored"))
    return recipient, remarks


def split_outside_brackets(text: str, separator: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for position, sign in enumerate(text):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
            if depth < 0:
                raise Unreadable(Message("a bracket is closed that was not opened"), text)
        elif sign == separator and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    if depth:
        raise Unreadable(Message("a bracket is not closed"), text)
    return [*parts, text[start:]]
