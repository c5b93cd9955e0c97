"""Entries of the reference cohort by name."""

from typing import Any


def entry(results: dict[str, Any], name: str) -> dict[str, Any]:
    return next(entry for entry in results["entries"] if entry["id"] == name)


def drawn(results: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in results["entries"] if entry["drawn_as"]]
