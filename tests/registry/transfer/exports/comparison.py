"""How far what was read back is equal to the database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.registry.transfer.exports.expected import Rows, database
from tests.registry.transfer.exports.expected_labels import PACKAGES, Labels, expected_labels
from tests.registry.transfer.exports.making import everything, files
from tests.registry.transfer.exports.r_readers import HAVEN, labels_with_haven, r_readers
from tests.registry.transfer.exports.readers import READERS

Forms = dict[str, Rows]


@dataclass
class Comparison:
    """Of one format and the program that read it."""

    format: str
    program: str
    cells: int = 0
    reasons: int = 0
    labels: int = 0  # of variables and values, where the program knows any
    differences: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # forms that the format has no place for

    def line(self) -> str:
        note = f"not in it: {', '.join(self.absent)}" if self.absent else ""
        labels = f"{self.labels:,}" if self.labels else "–"
        numbers = f"{self.cells:>9,} {self.reasons:>9,} {labels:>8} {len(self.differences):>12,}"
        return f"{self.format:<14}{self.program:<34}{numbers}  {note}"


HEAD = f"{'format':<14}{'read by':<34}{'cells':>9} {'reasons':>9} {'labels':>8} {'differences':>12}"


def comparisons(folder: Path) -> Iterator[Comparison]:
    """Every format of the registry that Django's connections lead to."""
    ours = ((name, program, read) for name, (program, read) in READERS.items())
    for number, (name, program, read) in enumerate((*ours, *r_readers())):
        yield compare_export(name, program, read, folder / str(number))


def compare_export(name: str, program: str, read: Callable[[Path], Forms], folder: Path) -> Comparison:
    """One format, exported and read back; with its labels where haven reads it."""
    with everything():
        wanted = database()
    unpacked = files(folder, format=name)
    result = compare(name, program, read(unpacked), wanted)
    if program == HAVEN:
        _compare_labels(result, labels_with_haven(unpacked, package=name), expected_labels(PACKAGES[name]))
    return result


def compare(name: str, program: str, found: Forms, wanted: Forms) -> Comparison:
    """Every cell of every form; a form that was not found at all is named."""
    result = Comparison(name, program)
    for form, rows in wanted.items():
        if form not in found:
            result.absent.append(form)
            continue
        if len(rows) != len(found[form]):
            result.differences.append(f"{form}: {len(found[form])} rows, not {len(rows)}")
        for row, other in zip(rows, found[form], strict=False):
            for column, cell in row.items():
                result.cells += 1
                result.reasons += bool(cell and column.endswith("_missing"))
                if other.get(column) != cell:
                    result.differences.append(f"{form}.{column}: {other.get(column)!r}, not {cell!r}")
    return result


def _compare_labels(result: Comparison, found: Labels, wanted: Labels) -> None:
    """Every label of every variable and value of an item, and no other label on it."""
    for form, expected in wanted.items():
        result.labels += len(expected)
        read = {name: label for name, label in found[form].items() if name.partition("=")[0] in expected}
        for name in sorted(read.keys() | expected.keys()):
            if read.get(name) != expected.get(name):
                result.differences.append(f"{form}.{name}: {read.get(name)!r}, not {expected.get(name)!r}")
