"""One column of the analysis data set and what its cells may hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["text", "integer", "decimal", "days", "flag", "code", "date"]

_PLAIN_INTEGER = re.compile(r"[0-9]{1,9}")
_PLAIN_DECIMAL = re.compile(r"[0-9]{1,15}(\.[0-9]{1,28})?")

_RULES: Mapping[Kind, str] = {
    "text": "any text",
    "integer": "a whole number, digits only",
    "decimal": "a number in plain decimal notation, not negative",
    "days": "whole days, digits only, not negative",
    "flag": "1 for yes or 0 for no",
    "date": "a date, YYYY-MM-DD",
}


@dataclass(frozen=True)
class Column:
    """One column; ``required`` means that no cell of it may be empty."""

    name: str
    kind: Kind
    label: str
    definition: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    required: bool = False

    @property
    def rule(self) -> str:
        """What a cell of this column may hold, in words."""
        words = "one of " + ", ".join(self.codes) if self.kind == "code" else _RULES[self.kind]
        return words if self.required else words + ", or empty"

    def accepts(self, cell: str) -> bool:
        """Whether the text of one cell keeps the rule."""
        if not cell:
            return not self.required
        match self.kind:
            case "code":
                return cell in self.codes
            case "flag":
                return cell in ("0", "1")
            case "date":
                return _is_date(cell)
            case "integer" | "days":
                return bool(_PLAIN_INTEGER.fullmatch(cell))
            case "decimal":
                return bool(_PLAIN_DECIMAL.fullmatch(cell))
            case "text":
                return True

    @property
    def is_number(self) -> bool:
        return self.kind in ("integer", "decimal", "days", "flag")


def _is_date(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False
