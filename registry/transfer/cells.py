"""Cells of a file that others open: values as text, and text that must not run as a formula in a spreadsheet."""

import csv
import re
from decimal import Decimal
from typing import Any, TextIO

# Also the wide signs, which some spreadsheets take for the narrow ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
# Where a comma is the decimal sign, a spreadsheet parts a CSV at every `;` and line break, whatever is quoted.
_PARTS = ";\r\n"
_FORMULA_WITHIN = rf"(?=[{''.join(map(re.escape, _FORMULA))}])(?![+-]?[0-9]+(?:\.[0-9]+)?(?:[{_PARTS}]|\Z))"
_WITHIN = re.compile(rf"(?<=[{_PARTS}])('*){_FORMULA_WITHIN}")
_MARKED_WITHIN = re.compile(rf"(?<=[{_PARTS}])'('*){_FORMULA_WITHIN}")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MARK = "'"


def csv_writer(stream: TextIO) -> Any:
    """Lines end as RFC 4180 says: Python then also quotes a lone carriage return, which ends a line for many."""
    return csv.writer(stream, lineterminator="\r\n")


def safe_cell(text: str) -> str:
    """The same text; with an apostrophe before what a spreadsheet would take for a formula."""
    text = _WITHIN.sub(r"'\1", text)
    return f"{_MARK}{text}" if _is_formula(text) else text


def plain_cell(text: str) -> str:
    """What `safe_cell` was given, whatever it was."""
    text = text[1:] if text.startswith(_MARK) and _is_formula(text) else text
    return _MARKED_WITHIN.sub(r"\1", text)


def _is_formula(text: str) -> bool:
    """A formula that already stands behind apostrophes is one, too: else they could not be told apart again."""
    bare = text.lstrip(_MARK)
    return bare.startswith(_FORMULA) and not _NUMBER.fullmatch(bare)


def escaped(text: str) -> str:
    """As a workbook writes signs that XML does not keep, and what would be taken for one written so."""
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", _LIKE_ESCAPED.sub("_x005F_", text))


def text_of(value: Any) -> str:
    """A value of the registry in plain notation: several codes apart by `;`, dates as ISO text."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case Decimal():
            return format(value, "f")
        case list():
            return ";".join(value)
        case _:
            return str(value)
