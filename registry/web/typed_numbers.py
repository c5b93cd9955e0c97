"""Numbers as they are typed and shown: with a point or a comma, never with signs for thousands; docs/decisions/0008."""

import re
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _

_NUMBER: Final = re.compile(r"([+-]?)(\d*)([.,])(\d+)", re.ASCII)
_GROUPED: Final = re.compile(r"[+-]?[1-9]\d{0,2}(?:[., '’_\u00a0\u202f]\d{3})+(?:[.,]\d+)?", re.ASCII)
_LIKE_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


def decimal_sign() -> str:
    """That of the language of the page."""
    return str(get_format("DECIMAL_SEPARATOR"))


def shown(number: Decimal | str) -> str:
    """A number as this page shows it, and reads it again."""
    text = number if isinstance(number, str) else format(number, "f")
    return text.replace(".", decimal_sign())


def tidy(text: str) -> str:
    """`5,9` as `5.9`. Other text is returned as it is: the field says what it cannot read.

    The sign of the language is the decimal sign; the other one too, unless it may be meant to part the thousands.
    """
    if found := _NUMBER.fullmatch(text):
        if is_doubtful(text) and found[3] != decimal_sign():
            meant = {"text": text, "decimal": _as_decimal(text), "thousand": as_thousand(text)}
            raise ValidationError(_("“%(text)s” can be read in two ways. Write %(decimal)s or %(thousand)s.") % meant)
        return "".join((found[1], found[2] or "0", ".", found[4]))
    return tidy_whole(text)


def tidy_whole(text: str) -> str:
    """A whole number has no decimal sign: what stands in it parts the thousands."""
    if _GROUPED.fullmatch(text):
        meant = {"text": text, "number": _without_groups(text)}
        raise ValidationError(_("“%(text)s”: leave out the signs between the thousands: %(number)s.") % meant)
    return text


def is_doubtful(text: str) -> bool:
    """Could the one sign in this number be meant to part the thousands?"""
    return _LIKE_THOUSANDS.fullmatch(text) is not None


def as_thousand(text: str) -> str:
    return re.sub(r"[.,]", "", text)


def _as_decimal(text: str) -> str:
    return re.sub(r"[.,]", decimal_sign(), text)


def _without_groups(text: str) -> str:
    """A last sign that differs from those before it is the decimal sign."""
    signs = re.findall(r"\D", text.lstrip("+-"))
    if len(set(signs)) == 1:
        return re.sub(r"[^\d+-]", "", text)
    whole, _sign, fraction = text.rpartition(signs[-1])
    return shown(f"{re.sub(r'[^0-9+-]', '', whole)}.{fraction}")
