"""Who acts in this transaction: told to PostgreSQL, which isolates centres and keeps the trail by it.

The setting is local to the transaction, so that nothing passes from one request or task to the next.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Literal

from django.db import connections, transaction

Centres = tuple[int, ...] | Literal["all"]


@dataclass(frozen=True)
class Claims:
    """What the database is told. `read` and `write` are centre numbers; `write` is empty outside an action."""

    user: str
    name: str
    role: str
    read: Centres = ()
    write: tuple[int, ...] = ()
    reason: str | None = None
    channel: str | None = None
    batch: str | None = None
    request: str | None = None
    ip: str | None = None

    def as_json(self) -> str:
        return json.dumps({key: value for key, value in asdict(self).items() if value is not None})


def system(name: str, *, read: Centres = ()) -> Claims:
    """A named actor where no person acts: system:login, :reset, :migrate, :scheduler, :install."""
    return Claims(user=f"system:{name}", name=f"system:{name}", role="system", read=read)


@contextmanager
def scope(claims: Claims, *, using: str = "default") -> Iterator[None]:
    """One transaction, or one part of it, in which these claims hold. What held before holds again afterwards."""
    with transaction.atomic(using=using):
        before = _current(using)
        _set(claims.as_json(), using)
        yield
        # An exception rolls the setting back together with the writes.
        _set(before, using)


def current_claims(using: str = "default") -> Claims:
    values = json.loads(_current(using) or "{}")
    for key in ("read", "write"):
        if isinstance(values.get(key), list):
            values[key] = tuple(values[key])
    return Claims(**({"user": "", "name": "", "role": ""} | values))


def _current(using: str) -> str:
    with connections[using].cursor() as cursor:
        cursor.execute("select coalesce(current_setting('app.ctx', true), '')")
        return str(cursor.fetchone()[0])


def _set(value: str, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("select set_config('app.ctx', %s, true)", [value])
