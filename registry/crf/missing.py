"""Why a value is missing: a reason that stands beside the value, never in its place."""

from collections.abc import Mapping
from typing import Final

REASONS: Final[Mapping[str, str]] = {
    "UNK": "unknown or not documented",
    "ND": "not done",
    "NA": "not applicable",
    "PEND": "result pending",
}
