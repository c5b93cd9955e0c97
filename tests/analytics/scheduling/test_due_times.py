"""When a cron expression is due in Rome, the nights of the clock change included."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from analytics.scheduling.due_times import check_schedule, last_due, next_due

MONDAYS, MONTHLY, TWICE_A_YEAR = "0 6 * * 1", "0 6 1 * *", "0 6 1 1,7 *"
# The night in which an hour is left out, and the one in which an hour comes twice.
SPRING, AUTUMN = dt.datetime(2027, 3, 27, 12, tzinfo=dt.UTC), dt.datetime(2027, 10, 30, 12, tzinfo=dt.UTC)


def at(*moment):
    return timezone.make_aware(dt.datetime(*moment))


@pytest.mark.parametrize(
    ("schedule", "last", "following"),
    [
        (MONDAYS, at(2026, 11, 23, 6), at(2026, 11, 30, 6)),
        (MONTHLY, at(2026, 11, 1, 6), at(2026, 12, 1, 6)),
        (TWICE_A_YEAR, at(2026, 7, 1, 6), at(2027, 1, 1, 6)),
        ("* * * * *", at(2026, 11, 27, 12), at(2026, 11, 27, 12, 1)),
    ],
)
def test_the_last_due_time_and_the_next(schedule, last, following):
    now = at(2026, 11, 27, 12, 0, 30)
    assert last_due(schedule, now=now) == last
    assert next_due(schedule, now=now) == [following]


def test_a_due_time_is_due_in_its_first_second():
    assert last_due(MONDAYS, now=at(2026, 11, 30, 6)) == at(2026, 11, 30, 6)


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
@pytest.mark.parametrize(
    "schedule", ["30 2 * * *", "0 3 * * *", "59 1 * * *", "*/30 * * * *", "15 * * * *", "30 2-3 * * *", "0 */2 * * *"]
)
def test_in_the_nights_of_the_clock_change_a_scheduler_that_looks_every_minute_sees_each_due_time_once(schedule, night):
    hours = 20
    minutes = [night + dt.timedelta(minutes=minute, seconds=20) for minute in range(hours * 60)]
    seen = [last_due(schedule, now=now) for now in minutes]
    assert all(due <= now for due, now in zip(seen, minutes, strict=True))
    end = night + dt.timedelta(hours=hours)
    expected = [due for due in next_due(schedule, now=night, count=hours * 2 + 1) if due < end]
    assert list(dict.fromkeys(due for due in seen if due > night)) == expected


def test_a_time_that_the_spring_leaves_out_comes_an_hour_later_and_one_that_the_autumn_repeats_comes_once():
    assert next_due("30 2 * * *", now=SPRING) == [at(2027, 3, 28, 3)]
    first = dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)  # 02:30 for the first time
    assert next_due("30 2 * * *", now=AUTUMN, count=2) == [first, at(2027, 11, 1, 2, 30)]


@pytest.mark.parametrize("schedule", ["", "every Monday", "0 6 * *", "0 0 6 * * 1", "61 6 * * 1", "0 0 31 2 *"])
def test_what_never_comes_or_is_no_cron_expression_is_refused_by_name(schedule):
    with pytest.raises(ValidationError) as refused:
        check_schedule(schedule)
    assert f"“{schedule}”" in refused.value.message_dict["schedule"][0]


@pytest.mark.parametrize("schedule", [MONDAYS, MONTHLY, TWICE_A_YEAR, "* * * * *", "0 6 L * *", "0 6 * * MON"])
def test_what_comes_is_accepted(schedule):
    check_schedule(schedule)
