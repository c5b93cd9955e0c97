"""The mail about a report: a link and no data, to those who may read it, until it leaves or is given up."""

import datetime as dt

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from analytics import delivery
from analytics.models import Delivery, Kind, Report, ReportDefinition, Run
from analytics.scheduling.definitions import save_definition
from registry.audit.acting import acting_as
from registry.models import Snapshot, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers(people):
    with acting_as(people.administrator):
        for user in (people.investigator_03, people.monitor):
            User.objects.filter(pk=user.pk).update(email=f"{user.username}@hospital.example")
    return [people.investigator_03, people.monitor]


@pytest.fixture
def report(people, readers):
    """A centre report of Baltimore that a definition had made, published now."""
    definition = save_definition(
        ReportDefinition(name="Baltimore", kind=Kind.CENTRE_REPORT, centre=people.baltimore),
        recipients=readers,
        by=people.coordinator,
    )
    run = Run.objects.create(
        definition=definition,
        kind=definition.kind,
        centre=definition.centre,
        due_at=timezone.now(),
        requested_by=people.coordinator,
    )
    snapshot = Snapshot.objects.create(
        taken_by=people.coordinator, n_patients=58, dictionary_version="d", sha256="a" * 64
    )
    return Report.objects.create(
        run=run,
        kind=run.kind,
        centre=run.centre,
        snapshot=snapshot,
        document={"title": "Median survival 11.2 months"},
        provenance=[],
        problems=[],
        sha256="b" * 64,
    )


def change(user, **fields):
    with acting_as(user):
        User.objects.filter(pk=user.pk).update(**fields)


def deliver(report, *, later=dt.timedelta()):
    return delivery.deliver_due(now=report.published_at + later)


def test_each_recipient_gets_one_mail_however_often_it_is_asked_for(report):
    delivery.note_recipients(report)
    assert deliver(report) == 2
    assert deliver(report, later=dt.timedelta(days=1)) == 0
    assert sorted(sent.to[0] for sent in mail.outbox) == [
        "investigator-03@hospital.example",
        "monitor@hospital.example",
    ]
    assert all(row.sent_at and row.attempts == 1 and not row.problem for row in Delivery.objects.all())


def test_the_mail_names_kind_centre_and_date_and_leads_to_the_report(report):
    delivery.note_recipients(report)
    deliver(report)
    sent = mail.outbox[0]
    taken = timezone.localtime(report.snapshot.taken_at)
    assert sent.subject == f"INO registry: Centre report, data as of {taken:%Y-%m-%d}"
    for text in (
        "A report of the registry was published: Centre report, 03 Baltimore.",
        f"Data as of {taken:%Y-%m-%d %H:%M}.",
        f"http://localhost:8000/reports/{report.public_id}/",
    ):
        assert text in sent.body


def test_the_mail_holds_nothing_of_the_report(report):
    delivery.note_recipients(report)
    deliver(report)
    text = mail.outbox[0].subject + mail.outbox[0].body.replace(str(report.public_id), "")
    for fact in ("11.2", "58", "survival", "{", "<"):
        assert fact not in text


def test_the_mail_says_when_the_report_is_partial(report):
    report.problems = ["Overall survival: no patient is left"]
    report.save()
    delivery.note_recipients(report)
    deliver(report)
    assert "It is partial" in mail.outbox[0].body
    assert "no patient is left" not in mail.outbox[0].body


def test_the_mail_speaks_the_language_of_its_reader(report, people):
    change(people.monitor, language="it")
    delivery.note_recipients(report)
    deliver(report)
    (italian,) = [sent for sent in mail.outbox if "monitor" in sent.to[0]]
    taken = timezone.localtime(report.snapshot.taken_at)
    assert italian.subject == f"Registro INO: Rapporto del centro, dati al {taken:%Y-%m-%d}"
    assert f"Dati al {taken:%Y-%m-%d %H:%M}." in italian.body


@pytest.mark.parametrize("when", ["before publication", "before the mail"])
def test_who_lost_the_right_to_read_it_gets_no_mail_and_the_report_says_so(report, people, when):
    if when == "before the mail":
        delivery.note_recipients(report)
    change(people.investigator_03, centre=people.brescia)
    if when == "before publication":
        delivery.note_recipients(report)
    assert deliver(report) == 1
    refused = Delivery.objects.get(user=people.investigator_03)
    assert (refused.problem, refused.sent_at) == (Delivery.Problem.LOST_RIGHT, None)
    assert deliver(report, later=dt.timedelta(days=1)) == 0


def test_a_mail_that_does_not_leave_is_tried_again_ever_more_patiently_and_given_up(report, monkeypatch):
    delivery.note_recipients(report)
    monkeypatch.setattr("registry.actions.mailing.send_mail", lambda *_: (_ for _ in ()).throw(OSError("down")))
    tried = []
    for minute in (0, 4, 5, 29, 30, 179, 180, 719, 720, 24 * 60):
        deliver(report, later=dt.timedelta(minutes=minute))
        if Delivery.objects.first().attempts > len(tried):
            tried.append(minute)
    assert tried == [0, 5, 30, 180, 720]
    assert {row.problem for row in Delivery.objects.all()} == {Delivery.Problem.REFUSED}


def test_an_address_that_is_added_in_time_is_used(report, people):
    change(people.monitor, email="")
    delivery.note_recipients(report)
    assert deliver(report) == 1
    assert Delivery.objects.get(user=people.monitor).problem == Delivery.Problem.NO_ADDRESS
    change(people.monitor, email="monitor@hospital.example")
    assert deliver(report, later=dt.timedelta(minutes=5)) == 1
    assert Delivery.objects.get(user=people.monitor).problem == ""


def test_a_report_that_somebody_asked_for_is_mailed_to_nobody(report):
    report.run.definition = None
    delivery.note_recipients(report)
    assert not Delivery.objects.exists()


def test_what_another_worker_is_sending_is_left_alone(report):
    """The row as it was before the other one counted its attempt."""
    delivery.note_recipients(report)
    before = list(Delivery.objects.all())
    deliver(report)
    with transaction.atomic():
        assert [delivery._deliver(row) for row in before] == [False, False]
    assert len(mail.outbox) == 2
