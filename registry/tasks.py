"""Doors for Celery."""

from celery import shared_task
from django.utils import timezone

from registry.actions import daily_work
from registry.audit import seals


@shared_task
def do_daily_work() -> None:
    daily_work.do_what_is_due(now=timezone.now())


@shared_task
def seal_audit_trail() -> None:
    seals.seal()
