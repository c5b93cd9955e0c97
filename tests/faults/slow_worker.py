"""A worker whose computation lasts four leases without a word: `celery --app tests.faults.slow_worker worker`."""

import time

import django
from django.conf import settings

from config.celery import app

django.setup()

from analytics import publish  # noqa: E402 - after Django is ready

SAFETY = publish.KINDS["safety"]


def make_slowly(source, progress):
    time.sleep(4 * settings.RUN_LEASE_SECONDS)
    return SAFETY(source, progress)


publish.KINDS = {"safety": make_slowly}

__all__ = ["app"]
