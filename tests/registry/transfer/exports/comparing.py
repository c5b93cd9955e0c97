"""How far what was read back is equal to the database: `python -m tests.registry.transfer.exports.comparing`."""

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Forms = dict[str, list[dict[str, str]]]  # the texts of every row, by form


@dataclass
class Comparison:
    """Of one format and the program that read it."""

    format: str
    program: str
    cells: int = 0
    reasons: int = 0
    differences: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # forms that the format has no place for

    def line(self) -> str:
        note = f"not in it: {', '.join(self.absent)}" if self.absent else ""
        numbers = f"{self.cells:>9,} {self.reasons:>9,} {len(self.differences):>12,}"
        return f"{self.format:<14}{self.program:<34}{numbers}  {note}"


HEAD = f"{'format':<14}{'read by':<34}{'cells':>9} {'reasons':>9} {'differences':>12}"


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


def comparisons(folder: Path) -> Iterator[Comparison]:
    """Every format of the registry that Django's connections lead to."""
    from tests.registry.transfer.exports.expected import database
    from tests.registry.transfer.exports.making import everything, files
    from tests.registry.transfer.exports.r_readers import R_READERS
    from tests.registry.transfer.exports.readers import READERS

    with everything():
        wanted = database()
    for name, (program, read) in READERS.items():
        yield compare(name, program, read(files(folder / name, format=name)), wanted)
    for program, (name, read_in_r) in R_READERS.items():
        yield compare(name, program, read_in_r(folder / name), wanted)


def main() -> int:
    """The table, on the reference cohort."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("REGISTRY_ENVIRONMENT", "test")
    import django

    django.setup()
    from tests import databases
    from tests.registry.transfer.exports.r_readers import what_is_missing

    databases.start_cluster()
    try:
        databases.make_cohort_template()
        databases.copy_database(databases.COHORT, "registry_round_trips")
        with databases.connected_to("registry_round_trips"), tempfile.TemporaryDirectory() as folder:
            print(HEAD)
            found = []
            for comparison in comparisons(Path(folder)):
                print("\n    ".join([comparison.line(), *comparison.differences[:5]]), flush=True)
                found.append(comparison)
            print(*what_is_missing(), sep="\n")
    finally:
        databases.stop_cluster()
    return int(any(comparison.differences for comparison in found))


if __name__ == "__main__":
    sys.exit(main())
