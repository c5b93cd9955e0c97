"""What was changed since a moment, by the audit trail.

A moment is text: the number of the newest entry, and which transactions could be seen. The number alone would miss the
entry of a transaction that began earlier and ended later; the transactions alone, everything after the database was
restored elsewhere, where their numbers start again.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

BEGINNING = "0 1:1:"

_SINCE = """
select min(at), max(at), clock_timestamp() from audit.log
where tbl = any(%(tables)s) and (id > %(newest)s or (
    xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot) and not pg_visible_in_snapshot(xid, %(seen)s::pg_snapshot)
    and xid is distinct from pg_current_xact_id_if_assigned()))
"""  # a transaction sees its own entries, although no snapshot says so


@dataclass(frozen=True)
class Changes:
    """When the first and the last of some changes were made, by the clock of the database."""

    first_at: dt.datetime
    last_at: dt.datetime
    now: dt.datetime

    def have_settled(self, *, quiet: dt.timedelta, longest: dt.timedelta) -> bool:
        """Nothing came for a while, or the first has waited long enough."""
        return self.now - self.last_at >= quiet or self.now - self.first_at >= longest


def this_moment() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(id), 0), pg_current_snapshot()::text from audit.log")
        newest, seen = cursor.fetchone()
    return f"{newest} {seen}"


def changes_since(moment: str, tables: Sequence[str]) -> Changes | None:
    """Changes of these tables that could not be seen then and can be now, within the rights of who asks."""
    newest, seen = moment.split(" ")
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, {"tables": list(tables), "newest": int(newest), "seen": seen})
        first_at, last_at, now = cursor.fetchone()
    return Changes(first_at, last_at, now) if first_at else None
