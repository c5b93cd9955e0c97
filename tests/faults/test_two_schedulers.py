"""F07: two beats, each with its reaper, and two workers: runs = due times, none of them twice and none left out."""

import datetime as dt

import pytest

from analytics.models import Kind, Report, ReportDefinition, Run
from analytics.scheduling.definitions import save_definition
from tests.faults.conftest import KILLS

pytestmark = [pytest.mark.slow, pytest.mark.fault]

DEFINITIONS = 3
MINUTES = max(1, KILLS // 2)


def test_two_schedulers_make_each_due_time_once(crew, coordinator):
    for number in range(DEFINITIONS):
        definition = ReportDefinition(name=f"Every minute {number}", kind=Kind.SAFETY, schedule="* * * * *")
        save_definition(definition, recipients=[], by=coordinator)
    for start in (crew.worker, crew.worker, crew.beat, crew.beat):
        start()
    crew.wait_until(
        lambda: Run.objects.filter(state=Run.State.DONE).count() >= DEFINITIONS * MINUTES,
        seconds=60 * MINUTES + 120,
        what=f"{DEFINITIONS * MINUTES} runs",
    )
    for definition in ReportDefinition.objects.all():
        due = sorted(definition.runs.values_list("due_at", flat=True))
        assert due == [due[0] + dt.timedelta(minutes=minute) for minute in range(len(due))]
    done = Run.objects.filter(state=Run.State.DONE)
    assert Report.objects.count() == done.count()
    assert set(done.values_list("attempt", flat=True)) == {1}  # nobody did anything twice
