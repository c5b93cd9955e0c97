"""F09: a run that kills whichever worker takes it ends after three attempts, is shown, and costs the others nothing."""

import pytest

from analytics import actions
from analytics.models import Kind, Report, Run
from tests.faults.conftest import is_done
from tests.pages import log_in

pytestmark = [pytest.mark.slow, pytest.mark.fault]

OTHERS = 3


def test_a_run_that_kills_its_workers_is_given_up_and_the_others_are_done(crew, coordinator):
    crew.worker("tests.faults.poisoned_worker")
    crew.worker("tests.faults.poisoned_worker")
    crew.beat()
    poison = actions.request_run(by=coordinator, kind=Kind.SAFETY)
    others = [actions.request_run(by=coordinator) for _ in range(OTHERS)]
    crew.wait_until(
        lambda: all(is_done(run) for run in others) and Run.objects.get(pk=poison.pk).state == Run.State.FAILED,
        seconds=180,
        what="the poison given up and the others done",
    )
    poison.refresh_from_db()
    assert (poison.attempt, crew.deaths) == (3, 3)
    assert Report.objects.count() == OTHERS
    done = Run.objects.filter(state=Run.State.DONE)
    assert set(done.values_list("attempt", flat=True)) == {1}
    waited = max(started - created for created, started in done.values_list("created_at", "started_at"))
    print(f"the others began within {waited.total_seconds():.0f} s")
    page = log_in(coordinator).get("/reports/runs/?state=failed").content.decode()
    assert "Ended after 3 attempts: the worker stopped each time before it was done." in page
