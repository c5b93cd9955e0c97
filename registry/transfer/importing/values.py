"""A cell as the answer of an item: codes or labels, numbers and dates as the file declares them. Nothing is guessed."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from registry.crf.fields import CrfField
from registry.crf.missing import REASONS
from registry.crf.rows import plain
from registry.crf.typed_dates import tidy, tidy_day
from registry.transfer.importing.notation import Notation, folded

CLEAR: Final = "CLEAR"
LANGUAGES: Final = ("en-gb", "it")
YES_NO: Final = {"1": gettext_lazy("yes"), "0": gettext_lazy("no")}
SHORT: Final = {"true": "1", "false": "0", "y": "1", "s": "1", "n": "0"}
MOST_ANSWERS: Final = 12  # that a message lists
_DIGITS: Final = re.compile(r"\d{1,18}", re.ASCII)  # as many as PostgreSQL counts
_YEAR: Final = re.compile(r"(19|20)\d\d", re.ASCII)
_YEAR_LAST: Final = re.compile(r"\d\d?\D\d\d?\D\d{4}", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?[\d.,]*\d[\d.,]*")
_CODE_AND_LABEL: Final = re.compile(r"(\S+?): .+", re.DOTALL)


def text_of(cell: Any) -> str:
    """What a person sees in the cell."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    kind, value = cell
    return str(int(value)) if kind == "b" else str(value)


def whole_number(text: str) -> int | None:
    """Of digits only, as counted things have it; None for all else."""
    return int(text) if _DIGITS.fullmatch(text) else None


def read(field: CrfField, cell: Any, notation: Notation) -> Any:
    """The plain value of a cell that is not blank. Raises ValidationError with what is wrong and how to write it."""
    refuse_errors(cell)
    text = text_of(cell)
    typed = _typed(field, cell, text, notation)
    value = field.clean(typed, None)  # type, code list, length
    return plain(value)


def refuse_errors(cell: Any) -> None:
    if isinstance(cell, list) and cell[0] == "e":
        raise ValidationError(_("%(error)s is an error of the spreadsheet, not a value.") % {"error": cell[1]})
    if isinstance(cell, list) and cell[0] == "f":
        raise ValidationError(_("The formula has no value. Open the file in Excel, save it, and bring it in again."))


def _typed(field: CrfField, cell: Any, text: str, notation: Notation) -> Any:
    kind = field.crf.kind
    if kind in ("bool", "choice"):
        return _bool(field, text) if kind == "bool" else _code(field, text)
    if kind == "multi-choice":
        return sorted({_code(field, part) for part in dict.fromkeys(map(str.strip, text.split(";"))) if part})
    if kind in ("int", "decimal"):
        return _number(text, notation) if isinstance(cell, str) else text
    if kind in ("date", "partial-date"):
        return _date(cell, text, notation, is_partial=kind == "partial-date")
    return text


def _bool(field: CrfField, text: str) -> bool:
    code = code_of(YES_NO, text) or SHORT.get(text.casefold())
    if code is None:
        raise ValidationError(_("“%(text)s” is not 1 (yes) or 0 (no).") % {"text": text})
    return code == "1"


def _code(field: CrfField, text: str) -> str:
    code = code_of(field.crf.choices, text)
    if code is None:
        allowed = [f"{code}: {label}" for code, label in field.crf.choices.items()]
        shown = [*allowed[:MOST_ANSWERS], *(["…"] if len(allowed) > MOST_ANSWERS else [])]
        values = {"code": text, "allowed": ", ".join(shown)}
        raise ValidationError(_("“%(code)s” is not in the list of answers (%(allowed)s).") % values)
    return code


def code_of(codes: Mapping[str, Any], text: str) -> str | None:
    """The code that a text means: the code itself, `code: label`, or the label in one of the languages."""
    if text in codes:
        return text
    if (found := _CODE_AND_LABEL.fullmatch(text)) and found[1] in codes:
        return found[1]
    wanted = folded(text)
    for language in LANGUAGES:
        with override(language):
            found_codes = [code for code, label in codes.items() if wanted in (folded(str(label)), folded(code))]
        if len(found_codes) == 1:
            return found_codes[0]
    return None


def reason_of(text: str) -> str:
    code = code_of(REASONS, text)
    if code is None:
        values = {"reason": text, "reasons": ", ".join(REASONS)}
        raise ValidationError(_("“%(reason)s” is not a missing reason (%(reasons)s).") % values)
    return code


def _number(text: str, notation: Notation) -> str:
    sign = notation.decimal_sign
    other = "," if sign == "." else "."
    if other in text and _NUMBER.fullmatch(text):
        values = {"text": text, "sign": sign}
        raise ValidationError(_("“%(text)s”: the decimal sign of this file is “%(sign)s”.") % values)
    return text.replace(sign, ".")


def _date(cell: Any, text: str, notation: Notation, *, is_partial: bool) -> str:
    kind = "s" if isinstance(cell, str) else cell[0]
    if kind == "d" and len(text) > 10:
        raise ValidationError(_("“%(text)s” has a time of day; a date is expected.") % {"text": text})
    if kind == "n" and not (is_partial and _YEAR.fullmatch(text)):
        raise ValidationError(
            _("“%(text)s” is a number, not a date. Write 2019-04-03, or give the cell the format of a date.")
            % {"text": text}
        )
    if notation.date_order == "ymd" and _YEAR_LAST.fullmatch(text):
        message = _("“%(text)s”: say in which order the file writes its dates, or begin with the year: 2019-04-03.")
        raise ValidationError(message % {"text": text})
    return text if kind == "d" else (tidy if is_partial else tidy_day)(text, order=notation.date_order)
