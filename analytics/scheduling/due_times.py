"""The due times of a cron expression in the time zone of the registry.

They are told in UTC: two local times of the night on which the clock is set back cannot be compared.
"""

import datetime as dt
from itertools import islice

from cronsim import CronSim, CronSimError
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


def last_due(schedule: str, *, now: dt.datetime) -> dt.datetime:
    """The newest due time up to now."""
    # Added before it is told in local time: there, a minute more may be an hour more when the clock is set back.
    after = now.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
    return next(CronSim(schedule, timezone.localtime(after), reverse=True)).astimezone(dt.UTC)


def next_due(schedule: str, *, now: dt.datetime, count: int = 1) -> list[dt.datetime]:
    """The due times to come, the soonest first."""
    return [due.astimezone(dt.UTC) for due in islice(CronSim(schedule, timezone.localtime(now)), count)]


def check_schedule(schedule: str) -> None:
    """Refuse what is no cron expression of five fields, or one whose time never comes."""
    try:
        comes = len(schedule.split()) == 5 and next_due(schedule, now=timezone.now())
    except CronSimError:
        comes = False
    if not comes:
        text = _("“%(schedule)s” is no cron expression with a time that comes. Write five fields, such as 0 6 * * 1.")
        raise ValidationError({"schedule": text % {"schedule": schedule}})
