"""Every number of an entry of ``results.json``, whatever its kind."""

from collections.abc import Mapping, Sequence
from typing import Any


def numbers(entry: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """In the order of the entry."""
    value = entry["value"]
    match entry["kind"]:
        case "number":
            return [value["number"]]
        case "table" | "test":
            return list(value["rows"])
        case "curve":
            return list(value["landmarks"])
        case _:
            return list(value["terms"])
