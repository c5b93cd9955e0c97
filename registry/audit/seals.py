"""Seals over the audit trail: PostgreSQL makes them, see registry/audit/sql/60_seals.sql. The head is the newest one.

A head that was kept outside the registry proves later that no seal, and no row before it, was altered or cut off.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import connection

LATE: Final = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class SealHead:
    """The newest seal; as text `number:sha256`, as it stands in reports, exports and mails."""

    number: int
    sha256: str
    rows: int  # of the trail, up to and with this seal
    at: dt.datetime

    def __str__(self) -> str:
        return f"{self.number}:{self.sha256}"


@dataclass(frozen=True)
class Unsealed:
    """Rows of the trail that wait for their seal."""

    rows: int
    oldest: dt.datetime | None


def is_late(newest: SealHead | None, waiting: Unsealed, *, now: dt.datetime) -> bool:
    """Rows wait although a seal is made every minute: the scheduler or the worker is not at work."""
    times = [waiting.oldest, newest.at if newest else None]
    return waiting.rows > 0 and all(now - time > LATE for time in times if time)


def seal() -> int | None:
    """Seal what is new. Returns the number of the seal; nothing where there was nothing, or another one is at it."""
    with connection.cursor() as cursor:
        cursor.execute("select audit.make_seal()")
        number: int | None = cursor.fetchone()[0]
    return number


def head() -> SealHead | None:
    """The newest seal; nothing before there is one."""
    with connection.cursor() as cursor:
        cursor.execute("select number, encode(sha256, 'hex'), total, at from audit.seal order by number desc limit 1")
        found = cursor.fetchone()
    return SealHead(*found) if found else None


def unsealed() -> Unsealed:
    with connection.cursor() as cursor:
        cursor.execute("select n_rows, oldest from audit.unsealed()")
        return Unsealed(*cursor.fetchone())
