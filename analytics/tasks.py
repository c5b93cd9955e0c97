"""Doors for Celery: each fetches an id and calls one function."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from analytics import actions, broker, comparing, delivery, publish
from analytics.live import compute, watch
from analytics.models import Heartbeat
from analytics.scheduling import heartbeats, queueing


@shared_task
def analyse_run(run_id: int) -> None:
    publish.carry_out(run_id)


@shared_task
def reap_runs() -> None:
    actions.reap(now=timezone.now())
    watch.reap(now=timezone.now())


@shared_task
def queue_due_runs() -> None:
    heartbeats.seen(Heartbeat.Process.WORKER)
    queueing.queue_all_due(now=timezone.now())


@shared_task
def deliver_reports() -> None:
    delivery.deliver_due(now=timezone.now())


@shared_task
def compare_reports() -> None:
    comparing.compute_waiting()


@shared_task
def look_for_changes() -> None:
    watch.look()


@shared_task
def compute_live_outcomes(number: int) -> None:
    compute.carry_out(number)


@shared_task
def purge_broker_messages() -> None:
    broker.purge_messages(older_than=dt.timedelta(days=1))
