"""F01: a worker killed in mid-analysis: the run ends once, with exactly one report, and no half is ever seen."""

import random
import time

import pytest

from analytics import actions
from analytics.models import Report, Run
from tests.faults.conftest import KILLS, halves, is_done

pytestmark = [pytest.mark.slow, pytest.mark.fault]

STEPS = ("freezing", "reading", "deriving", "computing", "drawing", "writing")


def test_a_killed_worker_costs_an_attempt_never_a_report(crew, coordinator):
    worker = crew.worker()
    crew.beat()
    for kill in range(KILLS):
        chance = random.Random(kill)
        moment, delay = chance.choice(STEPS), chance.uniform(0, 0.5)
        run = actions.request_run(by=coordinator)
        crew.wait_until(
            lambda run=run, moment=moment: is_done(run) or Run.objects.get(pk=run.pk).step.startswith(moment),
            seconds=120,
            what=f"run at the step {moment}",
        )
        time.sleep(delay)
        crew.kill(worker)
        assert halves() == []
        crew.keep_alive()
        worker = crew.running[-1]
        began = time.monotonic()
        crew.wait_until(lambda run=run: is_done(run), seconds=90, what="the run done")
        print(f"kill {kill + 1} of {KILLS} while {moment}: done {time.monotonic() - began:.1f} s later")
        assert Report.objects.filter(run=run).count() == 1
        assert halves() == []
    assert Report.objects.count() == Run.objects.filter(state=Run.State.DONE).count() == KILLS
