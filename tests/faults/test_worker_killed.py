"""A worker killed in mid-analysis: the run ends once, with exactly one report."""

import os
import random
import signal

import pytest

from analytics import actions
from analytics.models import Report, Run
from registry.models import User
from tests import processes

pytestmark = [pytest.mark.slow, pytest.mark.fault]

KILLS = int(os.environ.get("DRILL_KILLS", "3"))


@pytest.fixture
def registry(cohort_registry):
    with processes.broker_of(cohort_registry) as variables:
        yield variables


@pytest.fixture
def running(registry, tmp_path, settings):
    """A worker and a beat; `running["worker"]` can be killed and started again."""
    log = tmp_path / "processes.log"
    settings.CELERY_BROKER_URL = registry["CELERY_BROKER_URL"]
    started = {"worker": processes.start_worker(registry, log), "beat": processes.start_beat(registry, log)}
    yield started | {"restart": lambda: started.update(worker=processes.start_worker(registry, log)), "all": started}
    for process in started.values():
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_a_killed_worker_costs_an_attempt_never_a_report(running):
    coordinator = User.objects.get(username="coordinator")
    for kill in range(KILLS):
        moment = random.Random(kill).choice(["freezing", "deriving", "computing", "drawing"])
        run = actions.request_run(by=coordinator)
        processes.wait_until(
            lambda run=run, moment=moment: (
                Run.objects.get(pk=run.pk).step.startswith(moment) or Run.objects.get(pk=run.pk).state == Run.State.DONE
            ),
            seconds=60,
            what=f"run at the step {moment}",
        )
        os.killpg(running["all"]["worker"].pid, signal.SIGKILL)
        running["all"]["worker"].wait()
        running["restart"]()
        processes.wait_until(
            lambda run=run: Run.objects.get(pk=run.pk).state == Run.State.DONE, seconds=90, what="the run done"
        )
        assert Report.objects.filter(run=run).count() == 1
    assert Run.objects.exclude(state=Run.State.DONE).count() == 0
