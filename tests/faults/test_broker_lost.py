"""F06: the broker is killed and comes back with nothing in it: every run is done, and nobody who saves notices."""

import os
from contextlib import contextmanager

import pytest

from analytics import actions
from analytics.models import Run
from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.save_record import save_record
from registry.models import Baseline, User
from tests.faults.conftest import KILLS, Crew
from tests.services import free_port, running

pytestmark = [pytest.mark.slow, pytest.mark.fault, pytest.mark.needs_redis]


@pytest.fixture
def port():
    return free_port()


@contextmanager
def redis(port, folder):
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with running(command, environment=dict(os.environ), log=folder / "redis.log") as process:
        yield process


@pytest.fixture
def crew(registry, tmp_path, port):
    crew = Crew(registry | {"CELERY_BROKER_URL": f"redis://127.0.0.1:{port}/0"}, tmp_path / "processes.log")
    yield crew
    crew.end()


def correct_a_blast_count():
    user = User.objects.get(username="datamanager-03")
    with scope(claims_of(user)):
        baseline = Baseline.objects.filter(bm_blasts__gt=10).first()
        baseline.bm_blasts += 1
        save_record(baseline, by=user, expected_version=baseline.version, reason="read the source again")


def test_runs_that_were_asked_for_without_a_broker_are_done_when_it_is_back(crew, coordinator, tmp_path, port):
    with redis(port, tmp_path) as broker:
        crew.worker()
        crew.beat()
        first = actions.request_run(by=coordinator)
        crew.wait_until(lambda: Run.objects.get(pk=first.pk).state != Run.State.QUEUED, seconds=90, what="a run begun")
        broker.kill()
        broker.wait()
        for _ in range(KILLS):
            actions.request_run(by=coordinator)
            correct_a_blast_count()
    with redis(port, tmp_path):
        crew.wait_until(
            lambda: not Run.objects.exclude(state=Run.State.DONE).exists(),
            seconds=60 + 30 * KILLS,
            what="all runs done",
        )
    assert Run.objects.count() == KILLS + 1
