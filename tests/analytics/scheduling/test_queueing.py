"""A due time becomes one run: not before its time, not twice, and of several missed ones the newest."""

import datetime as dt

import pytest
from django.utils import timezone

from analytics.models import ReportDefinition, Run
from analytics.scheduling.queueing import queue_all_due, queue_due

pytestmark = pytest.mark.django_db

SUNDAY, MONDAY = (timezone.make_aware(dt.datetime(2026, 11, day, 12)) for day in (29, 30))
DUE = timezone.make_aware(dt.datetime(2026, 11, 30, 6))


@pytest.fixture
def definition(define):
    """Every Monday at 06:00, from a Sunday on."""
    definition = define()
    definition.effective_from = SUNDAY
    return definition


def test_a_due_time_is_queued_with_what_the_definition_says_at_that_time(definition, people):
    run = queue_due(definition, now=MONDAY)
    assert (run.due_at, run.kind, run.requested_by) == (DUE, "full analysis", people.coordinator)


def test_nothing_is_queued_before_its_time_nor_for_a_time_before_the_definition(definition):
    assert queue_due(definition, now=DUE - dt.timedelta(seconds=1)) is None
    definition.effective_from = MONDAY
    assert queue_due(definition, now=MONDAY) is None


def test_two_schedulers_queue_a_due_time_once(definition):
    assert queue_due(definition, now=MONDAY) is not None
    assert queue_due(ReportDefinition.objects.get(), now=MONDAY + dt.timedelta(hours=1)) is None
    assert Run.objects.count() == 1


def test_after_weeks_without_a_scheduler_the_newest_due_time_is_made_and_once(definition):
    queue_due(definition, now=MONDAY)
    later = MONDAY + dt.timedelta(weeks=5)
    queue_due(definition, now=later)
    queue_due(definition, now=later + dt.timedelta(hours=1))
    assert list(Run.objects.values_list("due_at", flat=True)) == [DUE + dt.timedelta(weeks=5), DUE]


def test_a_paused_definition_is_left_alone(define):
    define(name="Every minute", schedule="* * * * *", is_active=False)
    define(name="Also every minute", schedule="* * * * *")
    queue_all_due(now=timezone.now() + dt.timedelta(minutes=2))
    assert [run.definition.name for run in Run.objects.all()] == ["Also every minute"]
