"""What a case of a check is."""

from dataclasses import dataclass
from typing import Any

from tests.registry.checks.valid_patient import Missing

UNK = Missing("UNK")
Changes = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """`raised` by each of these; `passed` by these, which come close; `left_open` where an operand is missing."""

    message: str
    raised: tuple[Changes, ...]
    passed: tuple[Changes, ...] = ({},)
    left_open: Changes | None = None
