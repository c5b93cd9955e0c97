"""Locks of PostgreSQL that stand for something of a centre. They end with the transaction."""

from typing import Final

from django.db import connection

NUMBERS: Final = 7_210_420  # the numbers of its patients, given out one after the other
IMPORTS: Final = 7_210_421  # the import that is being carried out


def wait_for(what: int, centre: int) -> None:
    _ask("select pg_advisory_xact_lock(%s, %s)", what, centre)


def take_if_free(what: int, centre: int) -> bool:
    return bool(_ask("select pg_try_advisory_xact_lock(%s, %s)", what, centre))


def share_if_free(what: int, centre: int) -> bool:
    """With others who share it; who wants it alone waits for all of them."""
    return bool(_ask("select pg_try_advisory_xact_lock_shared(%s, %s)", what, centre))


def _ask(statement: str, what: int, centre: int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, [what, centre])
        return cursor.fetchone()[0]
