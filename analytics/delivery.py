"""The mail that says where a report is to be read. It holds a link and no data."""

import datetime as dt
from functools import reduce
from operator import or_
from typing import Any, Final

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from analytics.models import Delivery, Report
from analytics.rights import may_read
from registry.actions import mailing

# After publication: at once, and then ever more patiently. A mail server may be away for a night.
RETRIES: Final = tuple(dt.timedelta(minutes=minutes) for minutes in (0, 5, 30, 180, 720))


def note_recipients(report: Report) -> None:
    """Within the transaction that publishes: whom the definition has told, and who may no longer be told."""
    definition = report.run.definition
    if definition is None:
        return
    Delivery.objects.bulk_create(
        Delivery(report=report, user=user, problem="" if _may_read(user, report) else Delivery.Problem.LOST_RIGHT)
        for user in definition.recipients.all()
    )
    transaction.on_commit(lambda: current_app.send_task("analytics.tasks.deliver_reports"), robust=True)


def deliver_due(*, now: dt.datetime) -> int:
    """Send every mail whose next attempt has come. Returns how many left."""
    return sum(_deliver(delivery) for delivery in list(_due(now)))


def _due(now: dt.datetime) -> Any:
    attempts = [Q(attempts=number, report__published_at__lte=now - after) for number, after in enumerate(RETRIES)]
    unsent = Delivery.objects.filter(sent_at=None).exclude(problem=Delivery.Problem.LOST_RIGHT)
    return unsent.filter(reduce(or_, attempts))


@transaction.atomic
def _deliver(delivery: Delivery) -> bool:
    """One attempt. Of two workers one holds the row; the other leaves it alone."""
    held = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
    mine = held.filter(pk=delivery.pk, sent_at=None, attempts=delivery.attempts).select_related(
        "report__snapshot", "report__centre", "user"
    )
    if not (delivery := mine.first()):
        return False
    delivery.attempts += 1
    delivery.problem = _attempt(delivery)
    delivery.sent_at = None if delivery.problem else timezone.now()
    delivery.save()
    return not delivery.problem


def _attempt(delivery: Delivery) -> str:
    """Send the mail; what kept it from leaving, or nothing."""
    user, report = delivery.user, delivery.report
    if not _may_read(user, report):
        return Delivery.Problem.LOST_RIGHT
    if not user.email:
        return Delivery.Problem.NO_ADDRESS
    with translation.override(user.language or settings.LANGUAGE_CODE):
        taken = timezone.localtime(report.snapshot.taken_at)
        facts = {"report": report.get_kind_display(), "date": f"{taken:%Y-%m-%d}"}
        subject = _("INO registry: %(report)s, data as of %(date)s") % facts
        link = settings.SITE_URL + reverse("report", args=[report.public_id])
        text = render_to_string("analytics/delivery.txt", {"report": report, "link": link})
    return "" if mailing.send(user, subject=subject, text=text) else Delivery.Problem.REFUSED


def _may_read(user: Any, report: Report) -> bool:
    return may_read(user, kind=report.kind, centre=report.centre_id)
