"""The address in the trail: from X-Forwarded-For only as far as trusted proxies wrote it."""

import pytest
from django.db import connection

from tests.pages import log_in

pytestmark = pytest.mark.django_db
FORGED = "192.0.2.66"
CLIENT, PROXY = "198.51.100.7", "203.0.113.5"


def address_of_a_change(user, forwarded):
    """The address with which a change of this user stands in the trail."""
    log_in(user).post("/queries/mail/", {"wanted": "1"}, headers={"x-forwarded-for": forwarded}, REMOTE_ADDR=PROXY)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.ctx', '{\"role\": \"administrator\"}', true)")
        cursor.execute("select ip from audit.log where tbl = 'registry_user' and op = 'U' order by id desc limit 1")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        (0, f"{FORGED}, {CLIENT}", PROXY),
        (1, f"{FORGED}, {CLIENT}", CLIENT),
        (1, CLIENT, CLIENT),
        (2, f"{FORGED}, {CLIENT}, 203.0.113.9", CLIENT),
    ],
)
def test_what_a_client_wrote_into_the_header_is_not_believed(people, settings, trusted, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    assert address_of_a_change(people.datamanager_03, forwarded) == address
