"""API tokens on the pages: made after the password was given again, shown once, revoked at once."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from registry.access.context import scope, system
from registry.audit.acting import acting_as
from registry.models import ApiToken, AuditEntry
from registry.models.api_token import digest_of

PASSWORD = "a sentence of five words"
WANTED = {"name": "follow-ups, laboratory server", "scopes": ["write"], "days": "30"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def logged_in(people, open_as):
    with scope(system("install")):
        people.datamanager_03.set_password(PASSWORD)
        people.datamanager_03.save()
    return open_as(people.datamanager_03)


@pytest.fixture
def client(logged_in):
    """Gave the password again a moment ago."""
    logged_in.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return logged_in


@pytest.fixture
def secret(client):
    page = client.post("/interface/tokens/new/", WANTED).content.decode()
    return re.search(r">(ino_[\w-]+)</code>", page)[1]


def test_a_token_is_shown_once_and_kept_as_a_digest(client, people, secret):
    token = ApiToken.objects.get()
    assert (token.user, token.centre, token.scopes) == (people.datamanager_03, people.baltimore, ["read", "write"])
    assert token.digest == digest_of(secret)
    listed = client.get("/interface/tokens/").content.decode()
    assert token.prefix in listed
    assert secret not in listed


def test_a_token_ends_after_the_days_chosen_ninety_at_most(client, secret):
    assert dt.timedelta(days=29) < ApiToken.objects.get().expires_at - timezone.now() < dt.timedelta(days=31)
    assert client.post("/interface/tokens/new/", WANTED | {"days": "91"}).status_code == 422


def test_being_logged_in_is_not_enough_to_make_one(logged_in):
    answer = logged_in.post("/interface/tokens/new/", WANTED)
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert not ApiToken.objects.exists()


def test_only_scopes_of_the_own_role_are_offered(client):
    assert client.post("/interface/tokens/new/", WANTED | {"scopes": ["states"]}).status_code == 422
    assert not ApiToken.objects.exists()


def test_one_s_own_token_is_revoked_by_a_button_and_nobody_else_s(client, open_as, people, secret):
    address = f"/interface/tokens/{ApiToken.objects.get().public_id}/revoke/"
    assert open_as(people.datamanager_07).post(address).status_code == 404
    assert ApiToken.objects.usable().exists()
    assert "is revoked" in client.post(address, follow=True).content.decode()
    assert not ApiToken.objects.usable().exists()


@pytest.mark.parametrize(
    "change", [{"role": "centre_investigator"}, {"centre": "7"}, {"is_active": ""}], ids=["role", "centre", "account"]
)
def test_another_role_centre_or_a_closed_account_ends_the_tokens(open_as, people, secret, change):
    user = people.datamanager_03
    form = {"name": user.name, "email": "", "role": user.role, "centre": "3", "is_active": "on"} | change
    open_as(people.administrator).post(f"/users/{user.public_id}/", form)
    assert ApiToken.objects.get().revoked_at


def test_the_trail_tells_that_a_token_was_made_and_not_what_it_is(people, secret):
    with acting_as(people.administrator):
        entry = AuditEntry.objects.get(table="registry_apitoken")
    assert (entry.user_name, entry.new["digest"]) == ("datamanager-03", "(redacted)")
    assert digest_of(secret) not in str(entry.new)
