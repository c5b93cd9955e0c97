"""Dates as they are typed from paper; see docs/decisions/0008.

The year first, or the month in letters, in every language. The day first only where the page says so beside its
inputs, or where who brings in a file declares an order: in English 03/04 is April at one centre and March at another.
"""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LONGEST: Final = 40  # the patterns take their time over a text of any length
DAY_FIRST: Final = ("it",)  # languages whose hint beside a date says so
# No beginning of three letters means another month in the other language.
MONTHS: Final = (
    ("january", "gennaio"),
    ("february", "febbraio"),
    ("march", "marzo"),
    ("april", "aprile"),
    ("may", "maggio"),
    ("june", "giugno"),
    ("july", "luglio"),
    ("august", "agosto"),
    ("september", "settembre"),
    ("october", "ottobre"),
    ("november", "novembre"),
    ("december", "dicembre"),
)
_SEPARATOR = r"\s*[-./ ]\s*"
_YEAR = r"((?:19|20)\d\d)"
_YEAR_FIRST: Final = re.compile(rf"{_YEAR}(?:{_SEPARATOR}(\d\d?)(?:{_SEPARATOR}(\d\d?))?)?", re.ASCII)
_ONLY_DIGITS: Final = re.compile(rf"{_YEAR}(\d\d)(\d\d)", re.ASCII)
_IN_LETTERS: Final = re.compile(rf"(?:(\d\d?){_SEPARATOR})?([^\W\d_]{{3,}})\.?(?:{_SEPARATOR})?{_YEAR}")
_YEAR_LAST: Final = re.compile(rf"(?:(\d\d?){_SEPARATOR})?(\d\d?){_SEPARATOR}(\d{{4}})", re.ASCII)
_EIGHT_DIGITS: Final = re.compile(r"\d{8}", re.ASCII)
_SHORT_YEAR: Final = re.compile(rf"\d\d?(?:{_SEPARATOR}\d\d?){{1,2}}|(?:\d\d?{_SEPARATOR})?[^\W\d_]{{3,}}\D+\d\d|\d\d")
_SIX_DIGITS: Final = re.compile(r"\d{6}", re.ASCII)


def tidy(text: str, *, order: str = "") -> str:
    """`20190403`, `2019/4/3` and `3 Apr 2019` as `2019-04-03`, `2019.4` as `2019-04`.

    `order` is declared: ymd, dmy or mdy; without it the language of the page decides. What may be read in two ways is
    refused. Other text is returned as it is: the field says what it cannot read.
    """
    if len(text) > LONGEST:
        return text
    if found := _YEAR_FIRST.fullmatch(text) or _ONLY_DIGITS.fullmatch(text):
        return _iso(*found.groups())
    if found := _IN_LETTERS.fullmatch(text):
        day, name, year = found.groups()
        return _iso(year, month, day) if (month := _month(name)) else text
    order = order or ("dmy" if get_language() in DAY_FIRST else "ymd")
    if (found := _YEAR_LAST.fullmatch(text)) and order != "ymd":
        first, second, year = found.groups()
        is_month_first = order == "mdy" and first is not None
        return _iso(year, first, second) if is_month_first else _iso(year, second, first)
    if message := _refusal(text):
        raise ValidationError(message % {"text": text})
    return text


def tidy_day(text: str, *, order: str = "") -> str:
    """The same where the day must be known."""
    date = tidy(text, order=order)
    if re.fullmatch(r"\d{4}(-\d\d)?", date):
        raise ValidationError(_("“%(text)s”: the day is needed here, for example 2019-04-03.") % {"text": text})
    return date


def _refusal(text: str) -> str:
    if _YEAR_LAST.fullmatch(text) or _EIGHT_DIGITS.fullmatch(text):
        return _("“%(text)s”: begin with the year, for example 2019-04-03, or write the month in letters: 3 Apr 2019.")
    if _SHORT_YEAR.fullmatch(text):
        return _("“%(text)s”: Years have four digits, for example 2019-04.")
    if _SIX_DIGITS.fullmatch(text):
        return _("“%(text)s” can be read in two ways. Write the month as 2019-04, the day as 20190403.")
    return ""


def _iso(year: str, month: str | None, day: str | None) -> str:
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def _month(name: str) -> str | None:
    """The number of a month by its name, or by its first letters, in one of the languages of the registry."""
    beginning = name.casefold()
    numbers = [number for number, names in enumerate(MONTHS, 1) if any(each.startswith(beginning) for each in names)]
    return str(numbers[0]) if numbers else None
