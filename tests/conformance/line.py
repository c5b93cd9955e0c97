"""One statistic over all data sets: how far we are from R."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tests.conformance.tolerances import Tolerance

NOT_COMPARED = "not_compared"


@dataclass
class Line:
    """One statistic over all data sets: the largest difference and where it is."""

    statistic: str
    tolerance: Tolerance
    n_values: int = 0
    n_left_out: int = 0
    largest: float = 0.0
    where: str = ""
    breaches: list[str] = field(default_factory=list)

    def add(self, data_set: str, measured: NDArray[np.float64] | None, expected: NDArray[np.float64] | None) -> None:
        """Take in the values of one data set."""
        if measured is None or expected is None or measured.shape != expected.shape:
            self.breaches.append(f"{data_set}: only one side has it, or other lengths")
            return
        difference = self.tolerance.difference(measured, expected)
        self.n_values += expected.size
        if difference.size and difference.max() > self.largest:
            self.largest, self.where = float(difference.max()), data_set
        if (difference > self.tolerance.limit).any():
            row = int(np.argmax(difference))
            self.breaches.append(f"{data_set}[{row}]: {measured[row]!r}, R {expected[row]!r}")

    def __str__(self) -> str:
        verdict = "BREACH " if self.breaches else "agrees "
        left_out = f", {self.n_left_out} data sets left out" if self.n_left_out else ""
        return (
            f"{verdict}{self.statistic:48}{self.n_values:>7} values  largest {self.largest:8.1e}"
            f"  tolerance {self.tolerance.limit:7.0e}  {self.tolerance.r_call}{left_out}"
        )
