"""The centres beside each other as a reader of one of them may see them: the own one by name, large ones without."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = Any
Row = Mapping[str, Any]


def of_all_centres(entry: Mapping[str, Any]) -> dict[str, Json]:
    """The entry with its last row only, which is that of all centres."""
    return {**entry, "value": {"rows": entry["value"]["rows"][-1:]}}


def with_centres(
    masked: Mapping[str, Any], entry: Mapping[str, Any], own_label: str, threshold: int
) -> dict[str, Json]:
    """The ``masked`` row of all centres, below the own centre and below those that are large enough, unnamed.

    Who is not shown must not be few either: they are what is left of all.
    """
    (every,) = masked["value"]["rows"]
    *centres, of_all = entry["value"]["rows"]
    own = [row for row in centres if row["label"] == own_label]
    others = sorted((row for row in centres if row["label"] != own_label), key=lambda row: -int(row["n"]))
    shown = [row for row in others if _is_large(row, threshold)]
    while shown and not _is_large(_left(of_all, [*own, *shown]), threshold):
        shown.pop()
    unnamed = [{**row, "label": "Another centre"} for row in shown]
    return {**masked, "value": {"rows": [_plain(row) for row in (*own, *unnamed)] + [every]}}


def _is_large(counted: Row, threshold: int) -> bool:
    """Neither few patients, nor few with the event, nor few without."""
    n, events = counted["n"], counted["events"]
    return n == 0 or (min(n, events) >= threshold and (n == events or n - events >= threshold))


def _left(every: Row, shown: Sequence[Row]) -> dict[str, int]:
    return {name: every[name] - sum(row[name] for row in shown) for name in ("n", "events")}


def _plain(row: Row) -> dict[str, Json]:
    return {**row, "n": int(row["n"]), "events": int(row["events"]), "missing": int(row["missing"])}
