"""Doors for Celery."""

from celery import shared_task
from django.utils import timezone

from registry.actions import daily_work, export_files, exports
from registry.audit import seals
from registry.transfer.exports import job
from registry.transfer.importing import job as importing


@shared_task
def do_daily_work() -> None:
    daily_work.do_what_is_due(now=timezone.now())


@shared_task
def seal_audit_trail() -> None:
    seals.seal()


@shared_task
def work_on_import(batch_id: int) -> None:
    importing.work_on(batch_id)


@shared_task
def reap_imports() -> None:
    importing.reap(now=timezone.now())


@shared_task
def make_export(key: int) -> None:
    job.carry_out(key)


@shared_task
def reap_exports() -> None:
    now = timezone.now()
    exports.reap(now=now)
    export_files.delete_expired(now=now)
