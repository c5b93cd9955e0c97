"""Asking for the morning mail, and stopping it."""

import pytest

from tests.registry.web.work import stored, text_of

pytestmark = pytest.mark.django_db


def test_somebody_at_a_centre_asks_for_the_mail_and_stops_it(open_as, people):
    client = open_as(people.datamanager_03)
    assert "No e-mail address of yours is known" in text_of(client.get("/queries/mail/"))
    client.post("/queries/mail/", {"wanted": "1"})
    assert stored(people.datamanager_03).wants_digest
    client.post("/queries/mail/", {})
    assert not stored(people.datamanager_03).wants_digest


@pytest.mark.parametrize("who", ["monitor", "coordinator", "statistician", "administrator"])
def test_who_answers_no_queries_gets_no_mail_about_them(open_as, people, who):
    assert open_as(getattr(people, who)).post("/queries/mail/", {"wanted": "1"}).status_code == 403
