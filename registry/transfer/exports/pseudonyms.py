"""What stands for a patient, a centre and a date where nobody is to be told: secret, and the same in every export."""

import base64
import datetime as dt
from hashlib import sha256
from typing import TypeVar

from django.db.models import BinaryField, F, Func, Value

from registry.crf.partial_dates import PartialDate
from registry.models import PseudonymKey

DAYS = 365  # a date is moved back by 1 to so many days
LETTERS = 10  # of a pseudonym: 50 bits
AnyDate = TypeVar("AnyDate", dt.date, PartialDate)


class Pseudonyms:
    """All of it follows from one key. Where the key is short of its 32 bytes nobody may be told anything."""

    def __init__(self, key: str) -> None:
        assert len(key) == 64
        self._key = key
        centres = sorted(range(1, 100), key=lambda number: self._digest(f"centre {number}"))
        self._centres = {number: place for place, number in enumerate(centres, start=1)}

    @classmethod
    def load(cls) -> "Pseudonyms":
        return cls(PseudonymKey.load())

    def patient(self, number: str) -> str:
        return f"P{base64.b32hexencode(self._digest(number)).decode()[:LETTERS]}"

    def centre(self, number: int) -> int:
        """Another number of one or two digits; no two centres have the same."""
        return self._centres[number]

    def shifted(self, day: AnyDate, *, of: str) -> AnyDate:
        """The day, moved by as many days as all days of this patient. What is known to the month or year stays so."""
        if not isinstance(day, PartialDate):
            return day - self._shift(of)
        moved = day.midpoint() - self._shift(of)
        return PartialDate(moved.year, *(moved.month, moved.day)[: ("year", "month", "day").index(day.precision)])

    def order(self, patient: str) -> Func:
        """To sort by pseudonym in the database: the order of the numbers would tell which is which.

        The letters of base32hex stand in the order of the bytes."""
        keyed = Func(Value(self._key), F(patient), function="concat")
        return Func(Func(keyed, Value("UTF8"), function="convert_to"), function="sha256", output_field=BinaryField())

    def _shift(self, patient: str) -> dt.timedelta:
        return dt.timedelta(days=1 + int.from_bytes(self._digest(f"days {patient}")[:8], "big") % DAYS)

    def _digest(self, text: str) -> bytes:
        return sha256(f"{self._key}{text}".encode()).digest()
