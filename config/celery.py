"""The Celery application and beat's table. The database is the queue of record; Celery only wakes workers."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, worker_init, worker_process_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from launch.processes import die_with_parent
from registry.access.startup import refuse_at_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("registry")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["registry", "analytics"])


@app.on_after_configure.connect
def make_beat_table(sender: Celery, **_: Any) -> None:
    sender.conf.beat_schedule = {
        "reap runs": {"task": "analytics.tasks.reap_runs", "schedule": settings.REAPER_SECONDS},
        "queue due runs": {"task": "analytics.tasks.queue_due_runs", "schedule": settings.REAPER_SECONDS},
        "reap imports": {"task": "registry.tasks.reap_imports", "schedule": settings.REAPER_SECONDS},
        "look for changes": {"task": "analytics.tasks.look_for_changes", "schedule": settings.LIVE_LOOK_SECONDS},
        "deliver reports": {"task": "analytics.tasks.deliver_reports", "schedule": settings.REAPER_SECONDS},
        "seal audit trail": {"task": "registry.tasks.seal_audit_trail", "schedule": settings.SEAL_SECONDS},
        "compare reports": {"task": "analytics.tasks.compare_reports", "schedule": settings.REAPER_SECONDS},
        "reap exports": {"task": "registry.tasks.reap_exports", "schedule": settings.REAPER_SECONDS},
        # The hours of the work stand with it: a machine that was off then catches up.
        "do daily work": {"task": "registry.tasks.do_daily_work", "schedule": crontab(minute="*/15")},
        # Every hour, although a message is kept for a day: a machine that is off at night still purges.
        "purge broker messages": {"task": "analytics.tasks.purge_broker_messages", "schedule": crontab(minute=17)},
    }


@setup_logging.connect
def keep_the_logging_of_the_settings(**_: Any) -> None:
    """Celery configures logging itself unless this signal has a receiver."""


@worker_init.connect
def refuse_a_privileged_role(**_: Any) -> None:
    try:
        refuse_at_start()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error  # Celery only logs what other exceptions say


@worker_process_init.connect
def leave_no_orphan(**_: Any) -> None:
    """A pool process whose worker was killed must not go on computing."""
    die_with_parent()
