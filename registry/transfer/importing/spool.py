"""The rows of a file set aside on disk, and taken up again patient by patient: a file lists form after form."""

import json
import tempfile
from collections import defaultdict
from types import TracebackType
from typing import Self

from registry.actions.importing.rows import FileRow
from registry.transfer.importing import limits
from registry.transfer.importing.lines import Refused


class Spool:
    """`with Spool() as spool: spool.add(row)`, then `spool.numbers()` and `spool.rows_of(number)`."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._places: dict[str, list[int]] = defaultdict(list)
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def add(self, row: FileRow) -> None:
        """Raises Refused where they are too many, together or of one patient."""
        places = self._places[row.patient]
        if self.count == limits.ROWS:
            raise Refused("The file has more than {most} rows. Split it.", most=limits.ROWS)
        if len(places) == limits.ROWS_OF_A_PATIENT:
            values = {"number": row.patient, "most": limits.ROWS_OF_A_PATIENT}
            raise Refused("More than {most} rows have the patient number “{number}”. Correct or split them.", **values)
        places.append(self._file.tell())
        self._file.write(json.dumps(row.as_json(), separators=(",", ":")).encode() + b"\n")
        self.count += 1

    def numbers(self) -> list[str]:
        """The patients in the order in which the file names them first."""
        return list(self._places)

    def rows_of(self, number: str) -> list[FileRow]:
        rows = []
        for place in self._places[number]:
            self._file.seek(place)
            rows.append(FileRow.from_json(json.loads(self._file.readline())))
        return rows
