"""SAS: one transport file (version 5) a form, and a script with the names, formats and special missing values.

Version 5 knows names of 8 letters, labels of 40, texts of 200 bytes and no value labels. Variables are named after the
items of the paper; a longer text stands in several variables, whose number follows from the declaration.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyreadstat

from registry.transfer.cells import csv_writer
from registry.transfer.exports import labels
from registry.transfer.exports.columns import short_forms
from registry.transfer.exports.sas_script import script
from registry.transfer.exports.spss import cut
from registry.transfer.exports.tables import Content, Row, Table
from registry.transfer.exports.variables import Stored, Variable, days_since, frame, variables

LONGEST_LABEL, LONGEST_TEXT = 40, 200  # bytes
NAMES: Final = ("data_set", "variable", "form", "column", "answer", "part", "label")
_BYTES_OF_A_LETTER: Final = 2  # for which there is room: accents, Greek, signs
_DAYS = days_since(dt.date(1960, 1, 1))


class TextTooLong(Exception):
    """A text that this format cannot hold without loss."""


@dataclass(frozen=True)
class Short:
    """A variable, or one part of a long text, under its short name."""

    name: str
    variable: Variable
    part: int = 0  # of a text; 0 for others
    parts: int = 1


def write(content: Content, folder: Path) -> None:
    for table in content.tables:
        content.progress(table.title)
        _write_table(table, folder)
    labels.write(content.tables, folder / "labels.csv")
    _write_names(content, folder / "names.csv")
    named = [(short_forms()[table.form], table.form, short_variables(table)) for table in content.tables]
    (folder / "load.sas").write_text(script(named), encoding="utf-8")


def short_variables(table: Table) -> list[Short]:
    return [short for variable in variables(table) for short in _parts(variable)]


def _parts(variable: Variable) -> Iterator[Short]:
    if variable.kind != "text":
        yield Short(variable.short, variable)
        return
    number = max(1, -(-variable.max_length * _BYTES_OF_A_LETTER // LONGEST_TEXT))
    for part in range(number):
        yield Short(f"{variable.short}_{part + 1}" if part else variable.short, variable, part, number)


def _write_table(table: Table, folder: Path) -> None:
    shorts = short_variables(table)
    name = short_forms()[table.form]
    pyreadstat.write_xport(
        frame(table, [_stored(short) for short in shorts]),
        folder / f"{name.lower()}.xpt",
        file_label=cut(table.title, LONGEST_LABEL),
        table_name=name,
        column_labels={short.name: cut(short.variable.label, LONGEST_LABEL) for short in shorts},
        variable_format={short.name: "YYMMDD10." for short in shorts if short.variable.kind == "date"},
        file_format_version=5,
    )


def _stored(short: Short) -> Stored:
    if short.variable.kind == "text":
        return Stored(short.name, "object", _text(short))
    return Stored(short.name, "float64", _number(short.variable))


def _number(variable: Variable) -> Callable[[Row], Any]:
    if variable.kind == "number":
        return variable.read
    return lambda row: None if (day := variable.read(row)) is None else _DAYS(day)


def _text(short: Short) -> Callable[[Row], str]:
    def read(row: Row) -> str:
        parts = split(short.variable.read(row))
        if len(parts) > short.parts:
            raise TextTooLong(
                f"The text of {short.variable.name} that begins “{parts[0][:20]}” is too long for a SAS "
                "transport file. Choose another format, such as CSV or Stata."
            )
        return parts[short.part] if short.part < len(parts) else ""

    return read


def split(text: str) -> list[str]:
    """Parts of at most 200 bytes, in whole letters; a part ends in no blank, which SAS would not keep."""
    parts = []
    while text:
        part = cut(text, LONGEST_TEXT)
        if len(part) < len(text):
            part = part.rstrip() or part
        parts.append(part)
        text = text[len(part) :]
    return parts


def _write_names(content: Content, file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv_writer(stream)
        writer.writerow(NAMES)
        for table in content.tables:
            for short in short_variables(table):
                about = short.variable
                part = short.part + 1 if short.parts > 1 else ""
                writer.writerow(
                    (short_forms()[table.form], short.name, table.form, about.column, about.code, part, about.label)
                )
