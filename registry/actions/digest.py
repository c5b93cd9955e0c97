"""The morning mail to a centre: how many queries are open, and a link. Nothing about any patient leaves by mail."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from registry.access.context import scope, system
from registry.access.permissions import require
from registry.access.roles import CENTRE_ROLES, Permission
from registry.actions import mailing
from registry.audit.acting import acting_as
from registry.checks import impact
from registry.models import Query, User


def choose_digest(*, wanted: bool, by: Any) -> None:
    """Each person chooses for oneself."""
    require(by, Permission.ANSWER_QUERY)
    with acting_as(by):
        User.objects.filter(pk=by.pk).update(wants_digest=wanted)


def send_digests() -> int:
    """To everybody who asked for it and whose centre has open queries. Returns the number of mails."""
    with scope(system("scheduler", read="all")):
        counts = {row["centre_id"]: row for row in _counts()}
        readers = User.objects.filter(wants_digest=True, is_active=True, role__in=CENTRE_ROLES).exclude(email="")
        mails = [(user, counts[user.centre_id]) for user in readers if user.centre_id in counts]
    return sum(_send(user, count) for user, count in mails)


def _counts() -> Any:
    return (
        Query.objects.open()
        .for_centres()
        .order_by()
        .values("centre_id")
        .annotate(
            open=Count("pk"),
            reopened=Count("pk", filter=Q(state=Query.State.REOPENED)),
            on_outcome=Count("pk", filter=Q(impact=impact.OUTCOME)),
            oldest=Min("raised_at"),
        )
    )


def _send(user: User, count: dict[str, Any]) -> bool:
    context = count | {
        "days": (timezone.now() - count["oldest"]).days,
        "queries": settings.SITE_URL + reverse("queries"),
        "digest": settings.SITE_URL + reverse("digest"),
    }
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = ngettext("INO registry: %(open)d open query", "INO registry: %(open)d open queries", count["open"])
        text = render_to_string("registry/queries/digest.txt", context)
    return mailing.send(user, subject=subject % count, text=text)
