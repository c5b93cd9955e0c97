"""Columns that the registry does not know by their names: who brings in the file says what they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from registry.models import ImportBatch
from registry.transfer.importing import targets
from registry.transfer.importing.layout import suggestion

LEFT_OUT: Final = "-"  # a column that says nothing to the registry
Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class UnknownColumn:
    """One column with its examples; `chosen` is what its name suggests."""

    name: str  # of the input
    sheet: str
    column: str
    heading: str
    examples: list[str]
    chosen: str


def columns_of(batch: ImportBatch) -> dict[str, Any]:
    unknown = [
        UnknownColumn(
            name=_name(place),
            sheet=column["sheet"],
            column=column["column"],
            heading=column["heading"],
            examples=column["examples"],
            chosen=suggestion(column["heading"]),
        )
        for place, column in enumerate(batch.counts["unknown"])
    ]
    return {"unknown": unknown, "choices": list(targets.choices()), "left_out": LEFT_OUT}


def matched(batch: ImportBatch, posted: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """What was chosen, by sheet and heading; an empty target leaves the column out."""
    mapping = {}
    for place, column in enumerate(batch.counts["unknown"]):
        chosen = posted.get(_name(place), "")
        if chosen == LEFT_OUT:
            mapping[column["sheet"], column["heading"]] = ""
        elif targets.Target.parse(chosen):
            mapping[column["sheet"], column["heading"]] = chosen
    return mapping


def _name(place: int) -> str:
    return f"column-{place}"
