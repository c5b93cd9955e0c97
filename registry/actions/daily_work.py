"""The work of each day: done once after its hour, also where the machine was off at that hour."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from registry.actions.digest import send_digests
from registry.actions.repeatable_requests import forget_old
from registry.actions.rule_queries import check_all_patients
from registry.actions.seal_mail import mail_head
from registry.models import DailyWork

NIGHTLY_CHECKS: Final = "nightly checks"
FORGETTING: Final = "forgetting of kept answers"
MORNING_MAIL: Final = "morning mail"
SEAL_MAIL: Final = "mail of the audit seal"
# In the time of the registry.
_WORK: Final[dict[str, tuple[dt.time, Callable[[], int]]]] = {
    NIGHTLY_CHECKS: (dt.time(1), check_all_patients),
    FORGETTING: (dt.time(1), forget_old),
    MORNING_MAIL: (dt.time(6, 30), send_digests),
    SEAL_MAIL: (dt.time(6, 30), mail_head),
}
# After this, work that was begun and not finished is taken to have died with its worker.
_LONGEST: Final = dt.timedelta(hours=2)


def do_what_is_due(*, now: dt.datetime) -> list[str]:
    """Everything whose hour has come today and that nobody has begun. Returns what was done."""
    return [name for name in _WORK if _do(name, now=now)]


def last_finished(name: str) -> dt.datetime | None:
    """When this work was last done to its end."""
    done = DailyWork.objects.filter(name=name, finished_at__isnull=False)
    return done.order_by("-finished_at").values_list("finished_at", flat=True).first()


def _do(name: str, *, now: dt.datetime) -> bool:
    hour, work = _WORK[name]
    local = timezone.localtime(now)
    if local.time() < hour or not _claim(name, local.date(), now):
        return False
    work()
    DailyWork.objects.filter(name=name, day=local.date()).update(finished_at=timezone.now())
    return True


def _claim(name: str, day: dt.date, now: dt.datetime) -> bool:
    """Of several schedulers one begins it; the database decides which."""
    try:
        with transaction.atomic():
            DailyWork.objects.create(name=name, day=day, started_at=now)
    except IntegrityError:
        dead = DailyWork.objects.filter(name=name, day=day, finished_at=None, started_at__lt=now - _LONGEST)
        return dead.update(started_at=now) == 1
    return True
