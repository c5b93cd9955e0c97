"""Stata: one `.dta` a form. The four missing reasons are the extended missing values .a to .d of the value itself."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

import pyreadstat

from registry.crf.language import english
from registry.crf.missing import REASONS as WORDS
from registry.transfer.exports import labels
from registry.transfer.exports.spss import cut
from registry.transfer.exports.tables import Content, Row, Table
from registry.transfer.exports.variables import REASONS, Stored, Variable, days_since, frame, variables

LETTERS: Final = dict(zip(REASONS, "abcd", strict=True))
LONGEST_LABEL: Final = 80
_VERSION: Final = 15  # texts are UTF-8
_DAYS = days_since(dt.date(1960, 1, 1))


def write(content: Content, folder: Path) -> None:
    for table in content.tables:
        content.progress(table.title)
        _write_table(table, folder / f"{table.form}.dta")
    labels.write(content.tables, folder / "labels.csv")


def _write_table(table: Table, file: Path) -> None:
    all_variables = variables(table)
    numbers = [variable for variable in all_variables if variable.kind != "text"]
    pyreadstat.write_dta(
        frame(table, [Stored(each.name, _dtype(each), _cell(each)) for each in all_variables]),
        file,
        file_label=cut(table.title, LONGEST_LABEL),
        column_labels=[cut(each.label, LONGEST_LABEL) for each in all_variables],
        variable_value_labels={each.name: _labels(each) for each in numbers if _labels(each)},
        missing_user_values={each.name: list(LETTERS.values()) for each in numbers if each.reason},
        variable_format={each.name: "%tdCCYY-NN-DD" for each in numbers if each.kind == "date"},
        version=_VERSION,
    )


def _cell(variable: Variable) -> Callable[[Row], Any]:
    if variable.kind == "text":
        return variable.read

    def read(row: Row) -> Any:
        if variable.reason and (reason := variable.reason(row)):
            return LETTERS[reason]
        value = variable.read(row)
        return _DAYS(value) if isinstance(value, dt.date) else value

    return read


def _dtype(variable: Variable) -> Literal["object", "float64", "mixed"]:
    if variable.kind == "text":
        return "object"
    return "mixed" if variable.reason else "float64"


def _labels(variable: Variable) -> dict[Any, str]:
    found: dict[Any, str] = dict(variable.labels)
    return found | ({LETTERS[code]: english(WORDS[code]) for code in LETTERS} if variable.reason else {})
