"""A worker that the safety report kills: `celery --app tests.faults.poisoned_worker worker`."""

import os
import signal

import django

from config.celery import app

django.setup()

from analytics import publish  # noqa: E402 - after Django is ready


def kill_the_worker(source, progress):
    os.kill(os.getpid(), signal.SIGKILL)


publish.KINDS = {**publish.KINDS, "safety": kill_the_worker}

__all__ = ["app"]
