"""The work of a day is done once a day, also by a machine that was off at its hour."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from registry.actions import daily_work
from registry.actions.daily_work import FORGETTING, MORNING_MAIL, NIGHTLY_CHECKS, SEAL_MAIL, do_what_is_due
from registry.models import DailyWork

pytestmark = pytest.mark.django_db
ROME = ZoneInfo("Europe/Rome")


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=ROME)


@pytest.fixture(autouse=True)
def done(monkeypatch):
    """What was done, in order, in place of the work itself."""
    done = []
    for name, (hour, _work) in daily_work._WORK.items():
        monkeypatch.setitem(daily_work._WORK, name, (hour, lambda name=name: done.append(name)))
    return done


@pytest.mark.parametrize(
    ("now", "work"),
    [
        ("2026-11-27 00:59", []),
        ("2026-11-27 01:00", [NIGHTLY_CHECKS, FORGETTING]),
        ("2026-11-27 06:30", [NIGHTLY_CHECKS, FORGETTING, MORNING_MAIL, SEAL_MAIL]),
    ],
)
def test_it_waits_for_its_hour_in_the_time_of_the_registry(now, work):
    assert do_what_is_due(now=at(now)) == work


def test_a_machine_that_was_off_at_night_catches_up(done):
    do_what_is_due(now=at("2026-11-26 01:00"))
    do_what_is_due(now=at("2026-11-27 09:15"))
    assert done == [NIGHTLY_CHECKS, FORGETTING] * 2 + [MORNING_MAIL, SEAL_MAIL]


def test_it_is_done_once_a_day_however_often_it_is_asked_for(done):
    for now in ("2026-11-27 01:00", "2026-11-27 01:15", "2026-11-27 05:45", "2026-11-28 00:45"):
        do_what_is_due(now=at(now))
    assert done == [NIGHTLY_CHECKS, FORGETTING]


def test_what_died_with_its_worker_is_begun_again_and_what_is_under_way_is_left_alone(done):
    DailyWork.objects.create(name=NIGHTLY_CHECKS, day=dt.date(2026, 11, 27), started_at=at("2026-11-27 01:00"))
    do_what_is_due(now=at("2026-11-27 03:00"))
    assert done == [FORGETTING]
    do_what_is_due(now=at("2026-11-27 03:01"))
    assert done == [FORGETTING, NIGHTLY_CHECKS]


def test_work_that_fails_is_not_taken_for_done(monkeypatch, done):
    def fail():
        raise RuntimeError

    monkeypatch.setitem(daily_work._WORK, NIGHTLY_CHECKS, (dt.time(1), fail))
    with pytest.raises(RuntimeError):
        do_what_is_due(now=at("2026-11-27 01:00"))
    assert DailyWork.objects.get().finished_at is None
