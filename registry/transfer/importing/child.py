"""The process that reads files of others: little memory, little time, no database, no settings.

`python -m registry.transfer.importing.child KIND` reads the file from its standard input and writes lines of JSON.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from registry.transfer.importing import limits
from registry.transfer.importing.lines import Line, Refused

sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it for nothing


def main(kind: str) -> None:
    confine(seconds=limits.PROCESSOR_SECONDS, file_bytes=0)  # pipes only: it leaves no file behind
    try:
        _write_all(_reader(kind)(sys.stdin.buffer))
    except Refused as refused:
        _write({"refused": refused.sentence, "values": refused.values})
    except MemoryError:
        _write({"refused": "Reading the file takes too much memory. Split it.", "values": {}})


def confine(*, seconds: int, file_bytes: int) -> None:
    """This process, for the rest of its life."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))


def _reader(kind: str) -> Callable[[BinaryIO], Iterator[Line]]:
    match kind:
        case "xlsx":
            from registry.transfer.importing import workbook_in

            return workbook_in.read
        case "odm":
            from registry.transfer.importing import odm_in

            return odm_in.read
        case _:
            from registry.transfer.importing import csv_in

            return csv_in.read


def _write_all(lines: Iterator[Line]) -> None:
    for line in limits.within(lines):
        _write([line.sheet, line.row, line.cells])
    _write({"end": True})


def _write(what: Any) -> None:
    sys.stdout.write(json.dumps(what, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
