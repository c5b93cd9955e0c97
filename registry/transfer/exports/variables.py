"""Columns as SPSS, Stata and SAS want them: numbers with value labels, dates as days, texts.

An answer of a code list becomes its stable integer; of several answers, each a variable of its own, 1 or 0.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pandas as pd

from registry.transfer.cells import text_of
from registry.transfer.exports.columns import MISSING, Column
from registry.transfer.exports.tables import Row, Table

YES_NO: Final = {1: "yes", 0: "no"}
REASONS: Final = ("UNK", "ND", "NA", "PEND")  # the order gives .a to .d, and -99 to -96


@dataclass(frozen=True, eq=False)
class Variable:
    """One variable of a statistics package."""

    name: str
    short: str
    label: str
    kind: Literal["number", "date", "text"]
    read: Callable[[Row], Any]
    reason: Callable[[Row], str | None] | None = None
    labels: Mapping[int, str] = field(default_factory=dict)
    max_length: int = 0
    column: str = ""  # of the tidy table, and of several answers which
    code: str = ""


def variables(table: Table) -> tuple[Variable, ...]:
    places = {column.name: place for place, column in enumerate(table.columns)}
    return tuple(
        variable
        for column in table.columns
        for variable in _of_column(column, places[column.name], places.get(f"{column.name}{MISSING}"))
    )


@dataclass(frozen=True)
class Stored:
    """How one variable stands in a file: its name there, its type, and its cell of a row."""

    name: str
    dtype: Literal["object", "float64", "mixed"]  # mixed: numbers, and letters for why one is missing
    cell: Callable[[Row], Any]


def frame(table: Table, stored: Sequence[Stored]) -> pd.DataFrame:
    """The table with one column a variable, with its type also where there is no row."""
    columns: list[list[Any]] = [[] for _ in stored]
    for row in table.rows():
        for values, one in zip(columns, stored, strict=True):
            values.append(one.cell(row))
    return pd.DataFrame({one.name: _series(values, one.dtype) for one, values in zip(stored, columns, strict=True)})


def _series(values: list[Any], dtype: str) -> pd.Series:
    """pyreadstat takes a column for text when its first hundred cells are: as categories, numbers can come first."""
    if dtype != "mixed":
        return pd.Series(values, dtype=dtype)
    numbers = sorted({value for value in values if isinstance(value, float)})
    letters = sorted({value for value in values if isinstance(value, str)})
    if not letters:
        return pd.Series(values, dtype="float64")
    return pd.Series(pd.Categorical(values, [*numbers, *letters]) if numbers else pd.Series(values, dtype="object"))


def days_since(epoch: dt.date) -> Callable[[dt.date], float]:
    return lambda day: float((day - epoch).days)


def _of_column(column: Column, place: int, reason_place: int | None) -> Iterator[Variable]:
    def value(row: Row) -> Any:
        return row[place]

    reason = None if reason_place is None else lambda row: row[reason_place]
    about: dict[str, Any] = {"name": column.name, "short": column.short, "label": _label(column), "column": column.name}
    match column.kind:
        case "integer" | "decimal":
            yield Variable(**about, kind="number", read=_number(value), reason=reason)
        case "flag":
            yield Variable(**about, kind="number", read=_number(value), reason=reason, labels=YES_NO)
        case "code":
            labels = {column.integers[code]: label for code, label in column.codes.items()}
            yield Variable(**about, kind="number", read=_coded(value, column), reason=reason, labels=labels)
        case "codes":
            yield from _answers(column, value, reason)
        case "date":
            yield Variable(**about, kind="date", read=value, reason=reason)
        case _:
            yield Variable(**about, kind="text", read=lambda row: text_of(row[place]), max_length=column.max_length)


def _label(column: Column) -> str:
    """With the unit: these files have no other place for it."""
    return f"{column.label}, {column.unit}" if column.unit else column.label


def _answers(column: Column, value: Callable[[Row], Any], reason: Any) -> Iterator[Variable]:
    for code, label in column.codes.items():
        number = column.integers[code]
        yield Variable(
            f"{column.name}_{number}",
            f"{column.short}_{number}",
            f"{column.label}: {label}",
            "number",
            _is_named(value, code),
            reason,
            YES_NO,
            column=column.name,
            code=code,
        )


def _number(value: Callable[[Row], Any]) -> Callable[[Row], float | None]:
    return lambda row: None if (found := value(row)) is None else float(found)


def _coded(value: Callable[[Row], Any], column: Column) -> Callable[[Row], float | None]:
    return lambda row: None if (found := value(row)) is None else float(column.integers[found])


def _is_named(value: Callable[[Row], Any], code: str) -> Callable[[Row], float | None]:
    return lambda row: None if (found := value(row)) is None else float(code in found)
