"""A reason for change is a text that says something."""

from django.utils.translation import gettext as _

from registry.actions.errors import ReasonNeeded

MINIMUM_REASON = 5


def is_reason(text: str) -> bool:
    return len(text.strip()) >= MINIMUM_REASON


def require_reason(text: str) -> None:
    if not is_reason(text):
        raise ReasonNeeded(_("Give a reason of at least 5 characters."))
