"""Cells of a CSV that a spreadsheet opens: what somebody typed must not run there as a formula."""

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def safe_cell(text: str) -> str:
    """The same text; with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def plain_cell(text: str) -> str:
    """The text again, as it was before `safe_cell`."""
    inner = text[1:]
    return inner if text.startswith("'") and inner.startswith(_FORMULA) and safe_cell(inner) == text else text
