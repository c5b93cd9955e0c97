"""Doors for Celery."""

from celery import shared_task

from registry.actions.digest import send_digests
from registry.actions.rule_queries import check_all_patients


@shared_task
def run_nightly_checks() -> None:
    check_all_patients()


@shared_task
def send_morning_digests() -> None:
    send_digests()
