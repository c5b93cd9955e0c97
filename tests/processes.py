"""The registry's own processes in tests: a real worker and a real beat on a committed database and its broker."""

import gc
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from celery import current_app
from django.core.management import call_command
from kombu import pools
from kombu.transport.sqlalchemy import Channel

from launch.postgres import ROOT
from tests import databases


@contextmanager
def broker_of(database: str) -> Iterator[dict[str, str]]:
    """The environment of the processes of a registry, its broker prepared. Dropped afterwards."""
    variables = databases.urls(database) | {"REGISTRY_ENVIRONMENT": "test"}
    with databases.environment(variables):
        call_command("prepare_database", stdout=StringIO())
    try:
        yield variables
    finally:
        _leave_brokers()
        databases.drop_database(f"{database}_broker")


def _leave_brokers() -> None:
    """Close this process's connections: the transport would keep them beyond the end of their database."""
    pools.reset()
    current_app._after_fork()  # forgets the pools that are closed now; Celery has no public name for it
    for engine, _ in Channel._engines.values():
        engine.dispose()
    Channel._engines.clear()
    gc.collect()  # what still holds a connection ends it now, and not in the middle of something else


def start(name: str, *arguments: str, variables: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", name, *arguments],
            cwd=ROOT,
            env=dict(os.environ) | variables,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )


def start_worker(variables: dict[str, str], log: Path, *, app: str = "config") -> subprocess.Popen[bytes]:
    name = f"worker-{uuid.uuid4().hex[:8]}@%h"
    arguments = ("worker", "--concurrency", "1", "--without-gossip", "--without-mingle", "--hostname", name)
    return start("celery", "--app", app, *arguments, variables=variables, log=log)


def start_beat(variables: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    schedule = str(log.with_name("beat-schedule"))
    return start("celery", "--app", "config", "beat", "--schedule", schedule, variables=variables, log=log)


def wait_until(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.2)
