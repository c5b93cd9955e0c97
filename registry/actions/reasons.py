"""A reason for change is a text that says something."""

from registry.actions.errors import ReasonNeeded

MINIMUM_REASON = 5


def is_reason(text: str) -> bool:
    return len(text.strip()) >= MINIMUM_REASON


def require_reason(text: str) -> None:
    if not is_reason(text):
        raise ReasonNeeded
