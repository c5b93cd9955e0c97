"""The analysis data set: defined by its CSV text, whoever wrote that text.

A run from the database writes the text and reads it back here, so that it and a run from a file work on the same
digits.
"""

import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.cohort.columns import COLUMNS
from analytics.cohort.count import Count
from analytics.cohort.csv_text import parse

Numbers = NDArray[np.float64]
Codes = NDArray[np.str_]
Mask = NDArray[np.bool_]


class MissingColumn(LookupError):
    """An optional column that the analysis needs and the file lacks."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"needs the column {name}, which the data set does not have")


@dataclass(frozen=True, eq=False)
class AnalysisDataSet:
    """One row a patient. Read it through ``numbers`` (missing is NaN) and ``codes`` (missing is empty)."""

    text: str = field(repr=False)
    cells: Mapping[str, tuple[str, ...]] = field(repr=False)
    remembered: dict[Hashable, object] = field(default_factory=dict, repr=False)  # see analytics/plan/once.py

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def n(self) -> Count:
        return Count(np.ones(len(self.cells["patient_id"]), dtype=bool))

    def only(self, row: int) -> Count:
        """One patient, as a number of patients."""
        return Count(np.arange(self.n) == row)

    @cached_property
    def _numbers(self) -> Mapping[str, Numbers]:
        numbers = {}
        for name, cells in self.cells.items():
            if COLUMNS[name].is_number:
                numbers[name] = np.array([float(cell) if cell else np.nan for cell in cells], dtype=np.float64)
                numbers[name].flags.writeable = False
        return numbers

    @cached_property
    def _codes(self) -> Mapping[str, Codes]:
        return {name: np.array(cells, dtype=np.str_) for name, cells in self.cells.items()}

    def numbers(self, name: str) -> Numbers:
        """A numeric column or a flag as floats, NaN where the cell is empty."""
        if name not in self.cells:
            raise MissingColumn(name)
        return self._numbers[name]

    def flag(self, name: str) -> Mask:
        """Where a flag is 1; an empty cell is no 1, see ``known``."""
        mask: Mask = self.numbers(name) == 1
        return mask

    def known(self, name: str) -> Mask:
        """Where the cell of a column is not empty."""
        mask: Mask = self.codes(name) != ""
        return mask

    def codes(self, name: str) -> Codes:
        """A column as it is written, empty where the cell is empty."""
        if name not in self.cells:
            raise MissingColumn(name)
        return self._codes[name]


def read_csv(text: str) -> AnalysisDataSet:
    """Reads the text of an analysis data set; raises ``DataSetError`` with every fault found."""
    return AnalysisDataSet(text, parse(text))
