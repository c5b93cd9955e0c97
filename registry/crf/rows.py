"""A record as a row of plain values: what snapshots freeze and exports write."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any

from registry.crf.fields import crf_fields
from registry.crf.partial_dates import PartialDate


def as_row(record: Any) -> dict[str, Any]:
    """Every item of the form by its dictionary name, with the missing reasons beside them."""
    row = {field.crf.name: plain(getattr(record, field.attname)) for field in crf_fields(type(record))}
    return row | {"missing": dict(record.missing), "state": str(record.state)}


def plain(value: Any) -> Any:
    """A JSON value: decimals as strings in plain notation, dates as ISO text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date | PartialDate):
        return str(value)
    return value


def canonical_json(rows: Sequence[Mapping[str, Any]]) -> str:
    """The same rows always give the same text."""
    return json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return digest_of_bytes(text.encode())


def digest_of_bytes(content: bytes) -> str:
    return sha256(content).hexdigest()
