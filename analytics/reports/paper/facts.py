"""What the model study prints: facts from ``fixtures/paper``, never computed here."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "paper"

Scale = Literal["", "log", "linear", "range", "parts"]


@dataclass(frozen=True)
class Figure:
    """One published figure; ``amounts``, ``lower`` and ``upper`` as the digits printed, ``scale`` as in the README."""

    id: str
    where: str
    what: str
    value: str
    ci: str
    p: str
    n: str
    amounts: tuple[str, ...]
    lower: str
    upper: str
    scale: Scale
    contradictions: tuple[str, ...]

    @property
    def printed(self) -> str:
        """Value, interval and P value as they stand in the paper."""
        parts = [self.value, f"({self.ci})" if self.ci else "", f"P = {self.p}" if self.p else ""]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Contradiction:
    """A place where the paper contradicts itself or leaves open what it means."""

    id: str
    finding: str
    computation: str
    what_the_registry_does: str


@cache
def figures() -> Mapping[str, Figure]:
    """All 92 by their id."""
    return {
        row["id"]: Figure(
            **row
            | {
                "amounts": tuple(row["amounts"].split("|")) if row["amounts"] else (),
                "contradictions": tuple(row["contradictions"].split()),
            }
        )
        for row in _rows("figures")
    }


@cache
def contradictions() -> tuple[Contradiction, ...]:
    """All 27."""
    return tuple(Contradiction(**row) for row in _rows("contradictions"))


@cache
def table_2() -> tuple[Mapping[str, str], ...]:
    """The 17 patients with SOS/VOD."""
    return tuple(_rows("table_2"))


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
