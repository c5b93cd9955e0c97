"""The CSV text of the analysis data set: writing, reading, and what is refused."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analytics.cohort.columns import COLUMNS, LISTED, OPTIONAL

SHOWN = 50


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the text; line 1 is the header."""

    line: int
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.value!r} is refused, the rule is: {self.rule}"


class DataSetError(ValueError):
    """The text is no analysis data set."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        shown = [str(fault) for fault in self.faults[:SHOWN]]
        if len(self.faults) > SHOWN:
            shown.append(f"and {len(self.faults) - SHOWN} more")
        super().__init__("\n".join(shown))


def write(rows: Iterable[Mapping[str, str]]) -> str:
    """The canonical text: every column in the declared order, one line a patient."""
    names = [column.name for column in LISTED + OPTIONAL]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row[name] for name in names] for row in rows)
    return out.getvalue()


def labels() -> str:
    """What each column means and which codes it may hold, as CSV: a row a column, or a row a code."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("column", "label", "definition", "rule", "code", "code_label"))
    for column in LISTED + OPTIONAL:
        for code, code_label in column.codes.items() or (("", ""),):
            writer.writerow((column.name, column.label, column.definition, column.rule, code, code_label))
    return out.getvalue()


def parse(text: str) -> dict[str, tuple[str, ...]]:
    """The cells by column; every fault is collected before the text is refused."""
    lines = _lines(text)
    header = lines[0][1] if lines else []
    faults = _header_faults(header)
    if faults:
        raise DataSetError(faults)
    rows = []
    for number, cells in lines[1:]:
        if len(cells) == len(header):
            rows.append((number, cells))
        else:
            faults.append(Fault(number, "(row)", f"{len(cells)} cells", f"{len(header)} cells, as in the header"))
    faults += _cell_faults(header, rows)
    faults += _repeated_patients(header, rows)
    if faults:
        raise DataSetError(sorted(faults, key=lambda fault: fault.line))
    columns = list(zip(*(cells for _, cells in rows), strict=True)) or [()] * len(header)
    return dict(zip(header, columns, strict=True))


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold anything, each with its number."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = []
    try:
        for cells in reader:
            if cells:
                lines.append((reader.line_num, cells))
    except csv.Error as error:
        raise DataSetError([Fault(reader.line_num, "(row)", "", f"readable as CSV ({error})")]) from error
    return lines


def _header_faults(header: list[str]) -> list[Fault]:
    faults = [
        Fault(1, name, name, "a column of the analysis data set, once")
        for position, name in enumerate(header)
        if name not in COLUMNS or name in header[:position]
    ]
    missing = [column.name for column in LISTED if column.name not in header]
    return faults + [Fault(1, name, "", "this column must be present") for name in missing]


def _cell_faults(header: list[str], rows: list[tuple[int, list[str]]]) -> list[Fault]:
    columns = [COLUMNS[name] for name in header]
    return [
        Fault(number, column.name, cell, column.rule)
        for number, cells in rows
        for column, cell in zip(columns, cells, strict=True)
        if not column.accepts(cell)
    ]


def _repeated_patients(header: list[str], rows: list[tuple[int, list[str]]]) -> list[Fault]:
    position = header.index("patient_id")
    seen: set[str] = set()
    faults = []
    for number, cells in rows:
        if cells[position] in seen:
            faults.append(Fault(number, "patient_id", cells[position], "each patient once"))
        seen.add(cells[position])
    return faults
