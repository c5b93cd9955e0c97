"""The morning mail with the head of the audit trail: kept outside the registry, it proves later what was there."""

from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from registry.access.context import scope, system
from registry.access.roles import Role
from registry.actions import mailing
from registry.audit import seals
from registry.models import User

READERS: Final = (Role.COORDINATING_INVESTIGATOR, Role.ADMINISTRATOR)


def mail_head() -> int:
    """To every coordinating investigator and administrator. Returns the number of mails."""
    with scope(system("scheduler")):
        head, waiting = seals.head(), seals.unsealed()
        readers = list(User.objects.filter(role__in=READERS, is_active=True).exclude(email=""))
    if head is None:
        return 0
    is_late = seals.is_late(head, waiting, now=timezone.now())
    return sum(_send(user, head, is_late=is_late) for user in readers)


def _send(user: User, head: seals.SealHead, *, is_late: bool) -> bool:
    context = {"head": head, "is_late": is_late, "page": settings.SITE_URL + reverse("seals")}
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = gettext("INO registry: audit seal %(number)s") % {"number": head.number}
        text = render_to_string("registry/seal_mail.txt", context)
    return mailing.send(user, subject=subject, text=text)
