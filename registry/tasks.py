"""Doors for Celery."""

from celery import shared_task
from django.utils import timezone

from registry.actions import daily_work


@shared_task
def do_daily_work() -> None:
    daily_work.do_what_is_due(now=timezone.now())
