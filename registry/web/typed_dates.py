"""Dates as they are typed from paper: the year first, with any separator; see docs/decisions/0008."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_SEPARATOR = r"\s*[-./ ]\s*"
_YEAR_FIRST: Final = re.compile(rf"((?:19|20)\d\d)(?:{_SEPARATOR}(\d\d?)(?:{_SEPARATOR}(\d\d?))?)?", re.ASCII)
_ONLY_DIGITS: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_YEAR_LAST: Final = re.compile(rf"\d\d?{_SEPARATOR}(?:\d\d?{_SEPARATOR})?\d{{4}}|\d{{8}}", re.ASCII)
_SHORT_YEAR: Final = re.compile(rf"\d\d?(?:{_SEPARATOR}\d\d?){{1,2}}|\d\d", re.ASCII)
_SIX_DIGITS: Final = re.compile(r"\d{6}", re.ASCII)


def tidy(text: str) -> str:
    """`20190403`, `2019/4/3` and `2019.4` as `2019-04-03` and `2019-04`; what may be read in two ways is refused.

    Other text is returned as it is: the field says what it cannot read.
    """
    if found := _YEAR_FIRST.fullmatch(text) or _ONLY_DIGITS.fullmatch(text):
        year, *rest = (part for part in found.groups() if part)
        return "-".join([year, *(part.zfill(2) for part in rest)])
    if _YEAR_LAST.fullmatch(text):
        raise ValidationError(_("“%(text)s”: begin with the year, for example 2019-04-03.") % {"text": text})
    if _SHORT_YEAR.fullmatch(text):
        raise ValidationError(_("“%(text)s”: Years have four digits, for example 2019-04.") % {"text": text})
    if _SIX_DIGITS.fullmatch(text):
        message = _("“%(text)s” can be read in two ways. Write the month as 2019-04, the day as 20190403.")
        raise ValidationError(message % {"text": text})
    return text


def tidy_day(text: str) -> str:
    """The same where the day must be known."""
    date = tidy(text)
    if re.fullmatch(r"\d{4}(-\d\d)?", date):
        raise ValidationError(_("“%(text)s”: the day is needed here, for example 2019-04-03.") % {"text": text})
    return date
