"""F08: work that lasts longer than a lease, and whose message comes again and again: one attempt, one report."""

import pytest

from analytics import actions
from analytics.models import Kind, Report, Run
from tests.faults.conftest import is_done

pytestmark = [pytest.mark.slow, pytest.mark.fault]


def test_long_work_is_done_once_although_two_workers_are_woken_for_it(crew, coordinator):
    for start in (crew.worker, crew.worker):
        start("tests.faults.slow_worker")
    crew.beat()
    run = actions.request_run(by=coordinator, kind=Kind.SAFETY)
    crew.wait_until(lambda: Run.objects.get().state == Run.State.RUNNING, seconds=60, what="the run begun")
    for _ in range(5):
        actions.wake_worker(run.pk)  # as a broker does whose time of visibility has passed
    crew.wait_until(lambda: is_done(run), seconds=90, what="the run done")
    assert Run.objects.get().attempt == 1
    assert Report.objects.count() == 1
