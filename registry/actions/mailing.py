"""Mail to one user."""

import logging
from typing import Any

from django.core.mail import send_mail

logger = logging.getLogger(__name__)


def send(user: Any, *, subject: str, text: str) -> bool:
    """A mail that cannot be sent is logged, and keeps no other from being sent."""
    try:
        send_mail(subject, text, None, [user.email])
    except OSError:
        logger.exception("The mail “%s” to %s could not be sent.", subject, user.username)
        return False
    return True
