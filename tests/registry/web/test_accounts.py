"""Getting in: by invitation only, with a second factor for those who see more than one centre."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from registry.access.context import scope, system
from registry.models import RegistrySettings, User

PASSWORD = "a sentence of five words"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client_without_second_factor(people):
    client = Client()
    with scope(system("login")):
        client.force_login(people.monitor)
    return client


def test_nobody_signs_up(client):
    assert "sign_up" not in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", {"username": "me", "email": "me@example.org", "password1": "a sentence of words"})
    assert not User.objects.filter(username="me").exists()


def test_a_role_for_all_centres_is_led_to_set_up_a_second_factor(client_without_second_factor):
    response = client_without_second_factor.get("/patients/")
    assert response.url == "/accounts/2fa/totp/activate/"


def test_whoever_must_set_up_a_second_factor_can_do_so(people):
    client = logged_in_with_password(people.monitor)
    set_up_second_factor(client)
    assert client.get("/patients/").status_code == 200


def test_the_next_log_in_asks_for_the_code(people):
    set_up_second_factor(logged_in_with_password(people.monitor))
    again = logged_in_with_password(people.monitor)
    assert again.get("/patients/").status_code == 302
    assert "Two-Factor" in again.get("/accounts/2fa/authenticate/").content.decode()


def test_what_concerns_the_account_asks_for_the_password_again_after_a_while(open_as, people):
    client = open_as(with_password(people.datamanager_03))
    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/")


def with_password(user):
    with scope(system("install")):
        user.set_password(PASSWORD)
        user.save()
    return user


def logged_in_with_password(user):
    client = Client()
    client.post("/accounts/login/", {"login": with_password(user).username, "password": PASSWORD})
    return client


def set_up_second_factor(client):
    asked = client.get("/patients/", follow=True).redirect_chain[-1][0]
    page = client.post(asked, {"password": PASSWORD}, follow=True)
    code = code_of(page.context["form"].secret)
    client.post("/accounts/2fa/totp/activate/", {"code": code})


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def test_a_demonstration_asks_for_no_second_factor(client_without_second_factor):
    with scope(system("install")):
        RegistrySettings.objects.create(pk=1, is_demonstration=True)
    response = client_without_second_factor.get("/patients/")
    assert response.status_code == 200
    assert "Demonstration" in response.content.decode()


def test_a_data_manager_needs_no_second_factor(open_as, people):
    assert open_as(people.datamanager_03).get("/patients/").status_code == 200
    assert not Authenticator.objects.exists()


def test_a_request_that_may_be_forged_is_refused_in_plain_words(people):
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "monitor", "password": PASSWORD})
    assert response.status_code == 403
    assert "nothing was saved" in response.content.decode()


def test_logging_out_takes_a_post(open_as, people):
    client = open_as(people.datamanager_03)
    client.get("/accounts/logout/")
    assert client.get("/patients/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/patients/").status_code == 302


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("datamanager_03", "/patients/"),
        ("investigator_03", "/patients/"),
        ("monitor", "/patients/"),
        ("coordinator", "/patients/"),
        ("statistician", "/outcomes/"),
        ("administrator", "/users/"),
    ],
)
def test_the_first_page_is_where_the_work_of_the_role_begins(open_as, people, who, first):
    assert open_as(getattr(people, who)).get("/").url == first


def test_navigation_shows_what_the_role_can_open(open_as, people):
    for who, parts in (
        (
            "datamanager_03",
            ["Patients", "Status board", "Queries", "Import", "Reports", "Exports", "Codebook", "Checks"],
        ),
        ("administrator", ["Users", "Centres", "Runs", "Codebook", "Checks"]),
    ):
        response = open_as(getattr(people, who)).get("/", follow=True)
        assert [entry.title for entry in response.context["navigation"]] == parts
