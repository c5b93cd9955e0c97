"""A token stands for its user, for its scopes, and for nobody else; a session stands for nobody here."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from registry.access.context import scope, system
from registry.audit.acting import acting_as
from registry.models import ApiToken, AuditEntry, Patient, User
from registry.models.api_token import digest_of
from tests.pages import log_in
from tests.programs import Program, program_of, token_of

pytestmark = pytest.mark.django_db
PATIENT = {"values": {"sex": "F", "age_rr": 40, "consent_basis": "written"}}


def asked_with(header):
    return Client(headers={"Authorization": header}).get("/api/v1/patients/")


def test_a_token_says_what_it_may_do_and_until_when(anna):
    told = anna.get("token/").json()
    assert (told["user"], told["centre"], told["scopes"]) == (
        "datamanager-03",
        3,
        ["read", "write", "queries", "export"],
    )


def test_without_a_token_nothing_is_answered(client):
    answer = client.get("/api/v1/patients/")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer  ",
        "Bearer null",
        "Basic YTpi",
        "Token x",
        "x",
        "Bearer \xff\xfe",
        "Bearer " + "a" * 9000,
    ],
)
def test_what_is_no_token_is_refused(people, header):
    token_of(people.datamanager_03)
    assert asked_with(header).status_code == 401


def test_neither_what_the_list_shows_nor_what_the_database_holds_is_a_token(people):
    secret = token_of(people.datamanager_03)
    for guess in (digest_of(secret), ApiToken.objects.get().prefix, secret[:-1], secret.upper(), f"{secret} {secret}"):
        assert asked_with(f"Bearer {guess}").status_code == 401
    assert asked_with(f"Bearer {secret}").status_code == 200


@pytest.mark.parametrize(
    "change",
    [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - dt.timedelta(seconds=1)}],
    ids=["revoked", "ended"],
)
def test_a_token_that_is_over_is_refused(people, anna, change):
    with scope(system("test")):
        ApiToken.objects.update(**change)
    assert anna.get("patients/").status_code == 401


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"centre_id": 7}, {"role": "centre_investigator"}, {"role": "monitor", "centre_id": None}],
    ids=["closed", "another centre", "another role", "no centre"],
)
def test_a_token_ends_with_what_its_user_was_whoever_changed_it(people, anna, change):
    with scope(system("test")):
        User.objects.filter(pk=people.datamanager_03.pk).update(**change)
    assert anna.get("patients/").status_code == 401


def test_a_session_reads_and_writes_nothing(people):
    browser = log_in(people.datamanager_03)
    assert browser.get("/api/v1/patients/").status_code == 401
    assert browser.post("/api/v1/patients/", PATIENT, "application/json").status_code == 401


def test_a_token_never_becomes_a_session(people, anna):
    answer = anna.get("patients/")
    assert not answer.cookies
    assert anna.client.get("/patients/").status_code == 302


def test_answers_are_not_kept_by_anybody_between(anna):
    assert anna.get("patients/")["Cache-Control"] == "no-store, private"


def test_a_write_is_signed_by_the_user_through_the_channel_of_programs(people, anna):
    anna.post("patients/", PATIENT)
    with acting_as(people.monitor):
        entry = AuditEntry.objects.get(table="registry_patient")
    assert (entry.user_name, entry.channel) == ("datamanager-03", "api")


def test_a_scope_that_is_lacking_is_named(people):
    answer = program_of(people.datamanager_03, "read").post("patients/", PATIENT)
    assert answer.status_code == 403
    assert "lacks the scope “write”" in answer.json()["detail"]
    with scope(system("test", read="all")):
        assert not Patient.objects.exists()


def test_the_right_that_is_lacking_and_who_can_grant_it_are_named(people):
    detail = program_of(people.monitor).post("patients/", PATIENT).json()["detail"]
    assert (
        detail == "Your role does not include the right to enter and correct data. An administrator can change roles."
    )


def test_when_a_token_was_used_is_noted(people, anna):
    assert ApiToken.objects.get().last_used_at is None
    anna.get("patients/")
    assert ApiToken.objects.get().last_used_at is not None


def test_a_token_is_for_its_own_requests_only(people):
    """Two at once on one connection: nothing of the first remains for the second."""
    assert Program(token_of(people.monitor)).get("token/").json()["centre"] is None
    assert Program("ino_nothing").get("patients/").status_code == 401
    with scope(system("test")):
        assert not Patient.objects.exists()


def test_an_address_that_there_is_not_says_so_to_programs_in_their_way(anna, client):
    answer = anna.get("nothing/at/all")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert client.get("/api/v1/nothing/").status_code == 401
