"""What this reader does next with this patient: one thing, named."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.checks.locking import keeps_from_locking
from registry.checks.records import PatientRecords
from registry.crf.titles import title_of
from registry.models import CrfForm, FollowUp
from registry.web.facts.patient_marks import PatientMarks, to_verify, verify_address
from registry.web.next_step import steps
from registry.web.patient.grid import Late
from registry.web.patient.queries import Asked

State = CrfForm.State


@dataclass(frozen=True)
class Task:
    """`Continue: Baseline`, and where."""

    title: str
    url: str


@dataclass(frozen=True)
class Work:
    """What the next task is chosen from."""

    records: PatientRecords
    marks: PatientMarks
    asked: list[Asked]
    due: Late


def next_task(work: Work, *, user: Any) -> Task | None:
    """Signing first for who signs, then what is to be filled in and answered; for monitors what was answered."""
    return next(_tasks(work, user), None)


def _tasks(work: Work, user: Any) -> Iterator[Task]:
    if work.marks.sign:
        count = work.marks.unsigned
        title = ngettext("Sign: %(count)d complete record", "Sign: %(count)d complete records", count)
        yield Task(title % {"count": count}, work.marks.sign)
    if may(user, Permission.ENTER_DATA, centre=work.records.patient.centre_id):
        yield from _forms(work)
    yield from (Task(f"{asked.to_do}: {asked.title}", asked.url) for asked in work.asked if asked.to_do)
    if may(user, Permission.VERIFY):
        yield from _to_verify(work)
    if work.marks.lock and not keeps_from_locking(work.records, open_queries=work.marks.open_queries):
        yield Task(_("Lock the patient"), work.marks.lock)


def _forms(work: Work) -> Iterator[Task]:
    patient = work.records.patient
    if patient.state == State.LOCKED:
        return
    for step in steps(work.records):
        words = _("Continue: %(form)s") if step.is_started else _("Start: %(form)s")
        yield Task(words % {"form": step.title}, step.url)
    if (FollowUp.form, None) in work.due and work.records.is_started(FollowUp.form):
        title = _("Start: %(form)s") % {"form": FollowUp._meta.verbose_name}
        yield Task(title, reverse("new repeat", args=[patient.public_id, FollowUp.form]))


def _to_verify(work: Work) -> Iterator[Task]:
    for record in to_verify(work.records, work.marks):
        yield Task(_("Verify: %(form)s") % {"form": title_of(record)}, verify_address(record))
