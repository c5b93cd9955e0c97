"""Doors for Celery."""

from celery import shared_task

from registry.actions.rule_queries import check_all_patients


@shared_task
def run_nightly_checks() -> None:
    check_all_patients()
