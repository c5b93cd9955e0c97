"""Numbers of patients that know which patients they are."""

import numpy as np
from numpy.typing import NDArray


class Count(int):
    """How many patients; ``rows`` are their rows in the data set. Anywhere else, results.json included, an integer."""

    _packed: bytes  # a bit a patient
    _size: int

    def __new__(cls, rows: NDArray[np.bool_]) -> "Count":
        count = super().__new__(cls, int(np.count_nonzero(rows)))
        count._packed, count._size = np.packbits(rows).tobytes(), rows.size
        return count

    @property
    def rows(self) -> NDArray[np.bool_]:
        """Who is counted, a value a row of the data set."""
        return np.unpackbits(np.frombuffer(self._packed, dtype=np.uint8), count=self._size).astype(bool)
