"""The page of the audit seals: the newest seal, how to verify, and an alarm where no seal is made."""

import datetime as dt

import pytest
from django.utils import timezone

from registry.access.roles import Role
from registry.audit import seals
from tests.pages import log_in

pytestmark = pytest.mark.django_db
HEAD = seals.SealHead(4711, "ab" * 32, 8307, dt.datetime(2026, 11, 27, 3, 0, tzinfo=dt.UTC))


@pytest.fixture
def seal(monkeypatch):
    """Says what the newest seal is, and which rows wait since how many minutes."""

    def seal(head=HEAD, *, minutes=None):
        oldest = minutes and timezone.now() - dt.timedelta(minutes=minutes)
        monkeypatch.setattr(seals, "head", lambda: head)
        monkeypatch.setattr(seals, "unsealed", lambda: seals.Unsealed(3 if minutes else 0, oldest))

    seal()
    return seal


def page(user):
    return log_in(user).get("/history/seals/")


def test_it_shows_the_head_and_the_command_that_verifies_it(people, seal):
    text = page(people.monitor).content.decode()
    for part in ("2026-11-27 04:00:00", "8,307", f"4711:{'ab' * 32}", "verify_audit --as monitor --head"):
        assert part in text


def test_it_is_for_monitor_coordinating_investigator_and_administrator(people, seal):
    users = (user for user in vars(people).values() if hasattr(user, "role") and hasattr(user, "username"))
    may = {user.role for user in users if page(user).status_code == 200}
    assert may == {Role.MONITOR, Role.COORDINATING_INVESTIGATOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize(("user", "address"), [("monitor", "/history/"), ("administrator", "/reports/runs/")])
def test_history_and_runs_lead_to_it(people, seal, user, address):
    assert 'href="/history/seals/"' in log_in(getattr(people, user)).get(address).content.decode()


@pytest.mark.parametrize(
    ("minutes_of_head", "minutes", "is_alarm"),
    [(60, None, False), (60, 1, False), (4, 60, False), (60, 6, True), (None, 6, True), (None, 1, False)],
)
def test_an_alarm_where_rows_wait_and_no_seal_is_made(people, seal, minutes_of_head, minutes, is_alarm):
    """A quiet registry has an old seal; a long transaction leaves old rows that were not to be sealed before."""
    ago = minutes_of_head and timezone.now() - dt.timedelta(minutes=minutes_of_head)
    seal(ago and seals.SealHead(4711, "ab" * 32, 8307, ago), minutes=minutes)
    assert ("Changes have been waiting" in page(people.monitor).content.decode()) is is_alarm


def test_before_the_first_seal_there_is_nothing_to_verify(people, seal):
    seal(None)
    text = page(people.administrator).content.decode()
    assert "none yet" in text
    assert "verify_audit" not in text
