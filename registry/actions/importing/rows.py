"""What a file says, in the words of the case report form: the rows that every reader leads to."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Says(StrEnum):
    """What a cell asks for."""

    VALUE = "value"
    REASON = "reason"  # why the value is missing
    CLEAR = "clear"  # neither value nor reason, by the word for it
    KEEP = "keep"  # blank
    UNREADABLE = "unreadable"


class CellState(StrEnum):
    """What it would do to the registry."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    KEEP = "keep"
    CLEAR = "clear"
    CONFLICT = "conflict"
    FAULT = "fault"


@dataclass
class Cell:
    """One item of a row. `value` is plain, as in an export; `before` is the answer of the registry in words."""

    column: str
    field: str
    text: str
    says: Says
    value: Any = None
    state: CellState = CellState.KEEP
    before: str = ""

    def as_list(self) -> list[Any]:
        return [self.column, self.field, self.text, self.says, self.value, self.state, self.before]

    @classmethod
    def from_list(cls, content: list[Any]) -> "Cell":
        column, field, text, says, value, state, before = content
        return cls(column, field, text, Says(says), value, CellState(state), before)

    @property
    def is_silent(self) -> bool:
        """Blank, and nothing in the registry either."""
        return self.says is Says.KEEP and not self.before


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell. The check id is empty where the cell cannot be read."""

    column: str
    message: str
    check_id: str = ""

    @property
    def check_shown(self) -> str:
        """The check that a reader can look up on the page Checks; the others are words of programs."""
        return self.check_id if self.check_id.startswith("C") else ""


_KEYS = ("sheet", "row", "form", "patient", "number", "key_column", "number_column", "version", "complete")


@dataclass
class FileRow:
    """One form of one patient."""

    sheet: str
    row: int
    form: str
    patient: str
    number: Any = None  # of a repeated form, as its number field has it
    key_column: str = ""  # the cell that names the patient: where a fault of the whole row is shown
    number_column: str = ""
    version: int | None = None  # of the record, as the workbook was made
    complete: bool | None = None  # None: as the batch says
    cells: list[Cell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def as_json(self, *, with_silent: bool = True) -> dict[str, Any]:
        """Written by hand: a file has hundreds of thousands of rows. Cells are lists, by position."""
        return {
            **{name: getattr(self, name) for name in _KEYS},
            "cells": [cell.as_list() for cell in self.cells if with_silent or not cell.is_silent],
            "faults": [[fault.column, fault.message, fault.check_id] for fault in self.faults],
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "FileRow":
        cells = [Cell.from_list(cell) for cell in content["cells"]]
        return cls(**{**content, "cells": cells, "faults": [Fault(*fault) for fault in content["faults"]]})

    def cell_of(self, name: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.field == name), None)

    def text_at(self, column: str) -> str:
        if column == self.key_column:
            return self.patient
        return next((cell.text for cell in self.cells if cell.column == column), "")
