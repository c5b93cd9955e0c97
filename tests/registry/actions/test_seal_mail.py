"""The mail that takes the head of the audit trail out of the registry each morning."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from registry.actions.seal_mail import mail_head
from registry.audit import seals
from registry.audit.acting import acting_as
from registry.audit.verification import KeptHead, kept_heads
from registry.models import User

pytestmark = pytest.mark.django_db
HEAD = seals.SealHead(4711, "ab" * 32, 8307, dt.datetime(2026, 11, 27, 3, 0, tzinfo=dt.UTC))


@pytest.fixture
def readers(people, monkeypatch):
    """Everybody has an address; seal 4711 is the newest."""
    with acting_as(people.administrator):
        for user in User.objects.all():
            User.objects.filter(pk=user.pk).update(email=f"{user.username}@hospital.example")
    monkeypatch.setattr(seals, "head", lambda: HEAD)
    monkeypatch.setattr(seals, "unsealed", lambda: seals.Unsealed(0, None))
    return people


def test_coordinating_investigators_and_administrators_get_it(readers):
    assert mail_head() == 2
    assert {sent.to[0] for sent in mail.outbox} == {"coordinator@hospital.example", "administrator@hospital.example"}


def test_the_head_in_the_mail_is_one_that_the_command_reads(readers):
    mail_head()
    assert mail.outbox[0].subject == "INO registry: audit seal 4711"
    assert set(kept_heads(mail.outbox[0].body)) == {KeptHead(4711, "ab" * 32)}
    assert "2026-11-27 04:00" in mail.outbox[0].body
    assert "8,307 changes" in mail.outbox[0].body
    assert "http://localhost:8000/history/seals/" in mail.outbox[0].body


def test_it_speaks_the_language_of_its_reader(readers):
    with acting_as(readers.administrator):
        User.objects.update(language="it")
    mail_head()
    assert mail.outbox[0].subject == "Registro INO: sigillo dell'audit trail 4711"
    assert "8.307 modifiche" in mail.outbox[0].body


def test_it_warns_when_no_seals_are_made(readers, monkeypatch):
    since = timezone.now() - dt.timedelta(hours=1)
    mail_head()
    assert "Warning" not in mail.outbox[0].body
    monkeypatch.setattr(seals, "unsealed", lambda: seals.Unsealed(3, since))
    monkeypatch.setattr(seals, "head", lambda: seals.SealHead(4711, "ab" * 32, 8307, since))
    mail_head()
    assert "Warning: newer changes have been waiting" in mail.outbox[-1].body


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_nobody_without_an_account_or_an_address_gets_it(readers, change):
    with acting_as(readers.administrator):
        User.objects.filter(pk=readers.coordinator.pk).update(**change)
    mail_head()
    assert [sent.to[0] for sent in mail.outbox] == ["administrator@hospital.example"]


def test_before_the_first_seal_there_is_nothing_to_mail(readers, monkeypatch):
    monkeypatch.setattr(seals, "head", lambda: None)
    assert mail_head() == 0
