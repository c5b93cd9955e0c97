"""Whether the trail still says what was sealed. Every hash is computed again; numbers are read, never contents."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from django.db import connection

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.audit import seals

_KEPT_HEAD: Final = re.compile(r"\b([1-9]\d{0,17}):([0-9a-f]{64})\b")
_ROW: Final = {
    "altered": "Row {row} of the trail (seal {seal}) was altered.",
    "deleted": "Row {row} of the trail (seal {seal}) was deleted.",
    "inserted": "Row {row} of the trail was inserted: it is in no seal, although the rows of its time are sealed.",
    "back-dated": "Row {row} of the trail is back-dated: it was written after a seal that is newer than its time.",
}


@dataclass(frozen=True)
class KeptHead:
    """A head that was kept outside the registry."""

    number: int
    sha256: str


@dataclass(frozen=True)
class Verification:
    """What was found. Rows that are not sealed yet are newer than the head and no disagreement."""

    head: seals.SealHead | None
    unsealed: int
    disagreements: list[str]


def kept_heads(text: str) -> list[KeptHead]:
    """The heads in a text, such as a mail or the footer of a report: `number:sha256`."""
    return [KeptHead(int(number), sha256) for number, sha256 in _KEPT_HEAD.findall(text)]


def verify(*, by: Any, kept: Sequence[KeptHead] = ()) -> Verification:
    """Recompute the hashes of all rows and seals, of all centres, and compare with the heads that were kept."""
    require(by, Permission.VERIFY_AUDIT)
    rows = _fetch("select log_id, seal, what from audit.disagreeing_rows()")
    found = _fetch("select number, what from audit.disagreeing_seals()")
    head = seals.head()
    disagreements = [
        *(_ROW[what].format(row=row, seal=seal) for row, seal, what in rows),
        *(f"Seal {number} was {what}." for number, what in found),
        *(text for each in kept for text in _against_kept(each, newest=head.number if head else 0)),
    ]
    return Verification(head, seals.unsealed().rows, disagreements)


def _against_kept(kept: KeptHead, *, newest: int) -> Iterator[str]:
    if kept.number > newest:
        yield f"The end of the trail was cut off: seal {kept.number} was kept, and the newest seal here is {newest}."
    # A seal that is not there is named by its number already.
    elif _fetch("select 1 from audit.seal where number = %s and encode(sha256, 'hex') <> %s", kept.number, kept.sha256):
        yield f"Seal {kept.number}, or one before it, was made anew: its hash is not the one that was kept."


def _fetch(query: LiteralString, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())
