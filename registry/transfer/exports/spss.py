"""SPSS: one `.sav` a form. A missing reason is a user-missing value of its number: -99 to -96, one range.

SPSS holds three single user-missing values, or a range: hence the range. A date has its reason beside it only.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

import pyreadstat

from registry.crf.language import english
from registry.crf.missing import REASONS as WORDS
from registry.transfer.exports import labels
from registry.transfer.exports.tables import Content, Row, Table
from registry.transfer.exports.variables import REASONS, Stored, Variable, days_since, frame, variables

CODES: Final = {reason: code for code, reason in enumerate(REASONS, start=-99)}
SECONDS_OF_A_DAY: Final = 86_400
LONGEST_LABEL, LONGEST_VALUE_LABEL = 255, 120  # bytes
_DAYS = days_since(dt.date(1582, 10, 14))


def write(content: Content, folder: Path) -> None:
    for table in content.tables:
        content.progress(table.title)
        _write_table(table, folder / f"{table.form}.sav")
    labels.write(content.tables, folder / "labels.csv")


def _write_table(table: Table, file: Path) -> None:
    all_variables = variables(table)
    numbers = [variable for variable in all_variables if variable.kind == "number"]
    with_reason = [variable for variable in numbers if variable.reason]
    dates = {variable.name: "SDATE10" for variable in all_variables if variable.kind == "date"}
    pyreadstat.write_sav(
        frame(table, [Stored(each.name, _dtype(each), _cell(each)) for each in all_variables]),
        file,
        file_label=table.title,
        column_labels={each.name: cut(each.label, LONGEST_LABEL) for each in all_variables},
        variable_value_labels={each.name: _labels(each) for each in numbers if _labels(each)},
        missing_ranges={each.name: [{"lo": min(CODES.values()), "hi": max(CODES.values())}] for each in with_reason},
        variable_measure={each.name: "nominal" if each.labels else "scale" for each in numbers},
        variable_format=dates,
        row_compress=True,
    )


def cut(text: str, longest: int) -> str:
    """The beginning of a text, in whole letters of so many bytes."""
    return text.encode()[:longest].decode(errors="ignore")


def _cell(variable: Variable) -> Callable[[Row], Any]:
    if variable.kind == "text":
        return variable.read
    if variable.kind == "date":
        return lambda row: None if (day := variable.read(row)) is None else _DAYS(day) * SECONDS_OF_A_DAY
    reason = variable.reason
    if reason is None:
        return variable.read
    return lambda row: CODES[code] if (code := reason(row)) else variable.read(row)


def _dtype(variable: Variable) -> Literal["object", "float64"]:
    return "object" if variable.kind == "text" else "float64"


def _labels(variable: Variable) -> dict[float, str]:
    found = {float(number): cut(label, LONGEST_VALUE_LABEL) for number, label in variable.labels.items()}
    return found | ({float(CODES[code]): english(WORDS[code]) for code in CODES} if variable.reason else {})
