from datetime import timedelta

import pytest
from celery.beat import SchedulingError
from django.conf import settings

from config.beat import HealingScheduler
from config.celery import app


class Connection:
    """A connection to a broker that may have been restarted since."""

    def __init__(self, *, is_alive):
        self.is_alive = is_alive
        self.released = False

    def ensure_connection(self, *arguments):
        return self

    def release(self):
        self.released = True


@pytest.fixture
def scheduler(monkeypatch):
    scheduler = HealingScheduler(app, lazy=True, Producer=lambda connection, auto_declare: connection)
    scheduler.sent = []
    scheduler.before = scheduler.__dict__["connection"] = Connection(is_alive=False)
    scheduler.broker_is_back = True

    def send(self, *arguments, producer, **options):
        if not producer.is_alive:
            raise OSError("channel disconnected")
        self.sent.append(arguments)

    monkeypatch.setattr(app, "connection_for_write", lambda: Connection(is_alive=scheduler.broker_is_back))
    monkeypatch.setattr(HealingScheduler, "send_task", send)
    return scheduler


def entry(scheduler):
    return scheduler.Entry(name="reap", task="no.such.task", schedule=timedelta(seconds=1), app=app)


def test_after_the_broker_was_restarted_a_task_is_sent_over_a_new_connection(scheduler):
    scheduler.apply_async(entry(scheduler), producer=scheduler.producer, advance=False)
    scheduler.apply_async(entry(scheduler), producer=scheduler.producer, advance=False)
    assert scheduler.before.released
    assert len(scheduler.sent) == 2


def test_a_broker_that_stays_away_is_reported(scheduler):
    scheduler.broker_is_back = False
    with pytest.raises(SchedulingError):
        scheduler.apply_async(entry(scheduler), producer=scheduler.producer, advance=False)


def test_the_table_names_tasks_that_exist():
    app.loader.import_default_modules()
    table = app.conf.beat_schedule
    assert {entry["task"] for entry in table.values()} <= set(app.tasks)
    assert table["reap runs"]["schedule"] == settings.REAPER_SECONDS
