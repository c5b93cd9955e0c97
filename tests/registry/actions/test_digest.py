"""The morning mail: for who asked, with counts and a link, and nothing about a patient."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.daily_work import do_what_is_due
from registry.actions.digest import choose_digest, send_digests
from registry.actions.queries import answer_query, close_query
from registry.audit.acting import acting_as
from registry.models import AuditEntry, Query, User
from registry.tasks import do_daily_work
from tests.pages import new_patient
from tests.registry.web.work import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers(people):
    """Both data managers have an address and ask for the mail."""
    with acting_as(people.administrator):
        for user in (people.datamanager_03, people.datamanager_07):
            User.objects.filter(pk=user.pk).update(email=f"{user.username}@hospital.example")
    for user in (people.datamanager_03, people.datamanager_07):
        with scope(claims_of(user)):
            choose_digest(wanted=True, by=user)


@pytest.fixture
def query(people, readers):
    return ask(people, new_patient(people.datamanager_03), field="sex", message="Is the sex of 03-001 right?")


def test_a_centre_with_open_queries_gets_counts_and_a_link(query):
    assert send_digests() == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["datamanager-03@hospital.example"], "INO registry: 1 open query")
    for line in ("Your centre has 1 open query.", "Asked again after an answer: 0", "http://localhost:8000/queries/"):
        assert line in sent.body


def test_the_mail_speaks_the_language_of_its_reader(people, query):
    with acting_as(people.datamanager_03):
        User.objects.filter(pk=people.datamanager_03.pk).update(language="it")
    send_digests()
    assert mail.outbox[0].subject == "Registro INO: 1 query aperta"
    assert "Il centro ha 1 query aperta." in mail.outbox[0].body


def test_the_mail_says_nothing_about_a_patient(query):
    send_digests()
    text = mail.outbox[0].subject + mail.outbox[0].body
    for fact in ("03-001", "sex", str(query.public_id), str(query.patient.public_id)):
        assert fact not in text


def test_what_was_answered_or_closed_is_not_counted(people, query):
    with scope(claims_of(people.datamanager_03)):
        answer_query(query=query, answer="confirmed", text="as in the letter", by=people.datamanager_03)
    assert send_digests() == 0
    with scope(claims_of(people.monitor)):
        close_query(query=Query.objects.get(pk=query.pk), by=people.monitor)
    assert send_digests() == 0


@pytest.mark.parametrize("change", [{"wants_digest": False}, {"is_active": False}, {"email": ""}])
def test_nobody_else_gets_it(people, query, change):
    with acting_as(people.administrator):
        User.objects.filter(pk=people.datamanager_03.pk).update(**change)
    assert send_digests() == 0


def test_a_mail_that_cannot_be_sent_keeps_no_other_from_being_sent(people, query, monkeypatch, caplog):
    ask(people, new_patient(people.datamanager_07))
    sent = []

    def send(subject, text, sender, to):
        if "datamanager-03" in to[0]:
            raise ConnectionRefusedError
        sent.append(to)

    monkeypatch.setattr("registry.actions.mailing.send_mail", send)
    assert send_digests() == 1
    assert sent == [["datamanager-07@hospital.example"]]
    assert "to datamanager-03 could not be sent" in caplog.text


def test_choosing_leaves_a_trace_and_belongs_to_those_who_answer(people, readers):
    with scope(claims_of(people.administrator)):
        assert AuditEntry.objects.filter(table="registry_user", new__wants_digest=True).count() == 2
    for user in (people.monitor, people.statistician, people.administrator):
        with scope(claims_of(user)), pytest.raises(PermissionDenied):
            choose_digest(wanted=True, by=user)


def test_it_is_part_of_the_work_of_each_morning(query):
    from config.celery import app

    assert app.conf.beat_schedule["do daily work"]["task"] == do_daily_work.name
    do_what_is_due(now=timezone.make_aware(dt.datetime(2026, 11, 27, 6, 30)))
    assert len(mail.outbox) == 1
