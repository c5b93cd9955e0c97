"""Accounts: invited by the administrator, changed under one's name, ended at once."""

import re

import pytest
from django.core import mail
from django.test import Client

from registry.audit.acting import acting_as
from registry.models import AuditEntry, User

pytestmark = pytest.mark.django_db

NEW = {"username": "datamanager-08", "name": "Data manager of Brescia", "role": "data_manager", "centre": "7"}
PASSWORD = "a sentence of five words"


@pytest.fixture
def client(open_as, people):
    return open_as(people.administrator)


def test_an_invited_user_sets_a_password_and_logs_in(client, people):
    page = client.post("/users/new/", NEW).content.decode()
    link = re.search(r"http://testserver(/\S+?)</code>", page).group(1)
    visitor = Client()
    form = visitor.get(link, follow=True)
    visitor.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    visitor = Client()
    visitor.post("/accounts/login/", {"login": "datamanager-08", "password": PASSWORD})
    assert visitor.get("/patients/").status_code == 200


def test_an_invitation_goes_by_mail_where_an_address_is_known(client, people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post("/users/new/", NEW | {"email": "dm@hospital.example"}).content.decode()
    assert "/accounts/password/reset/key/" in mail.outbox[0].body
    assert "/accounts/password/reset/key/" not in page


def test_role_and_centre_must_fit(client, people):
    response = client.post("/users/new/", NEW | {"centre": ""})
    assert "belong to one centre" in response.content.decode()
    assert not User.objects.filter(username="datamanager-08").exists()


def test_a_change_of_role_is_signed(client, people):
    user = people.monitor
    client.post(
        f"/users/{user.public_id}/", {"name": user.name, "role": "statistician", "email": "", "is_active": "on"}
    )
    with acting_as(people.administrator):
        entry = AuditEntry.objects.filter(table="registry_user", row=str(user.pk)).first()
    assert (entry.user_name, entry.new) == ("administrator", {"role": "statistician"})


def test_deactivation_ends_open_sessions(client, people, open_as):
    monitor = open_as(people.monitor)
    assert monitor.get("/patients/").status_code == 200
    client.post(f"/users/{people.monitor.public_id}/", {"name": "monitor", "role": "monitor", "email": ""})
    assert monitor.get("/patients/").status_code == 302
    assert not people.monitor.usersession_set.exists()


def test_nobody_deactivates_the_own_account(client, people):
    response = client.post(f"/users/{people.administrator.public_id}/", {"name": "a", "role": "administrator"})
    assert response.status_code == 422
    assert User.objects.get(pk=people.administrator.pk).is_active


def test_the_coordinator_reads_the_list_and_changes_nothing(open_as, people):
    coordinator = open_as(people.coordinator)
    assert "datamanager-03" in coordinator.get("/users/").content.decode()
    assert coordinator.get("/users/new/").status_code == 404
    assert coordinator.get(f"/users/{people.monitor.public_id}/").status_code == 404


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03", "monitor", "statistician"])
def test_other_roles_do_not_see_the_users(open_as, people, who):
    assert open_as(getattr(people, who)).get("/users/").status_code == 404


def test_the_administrator_adds_and_completes_a_centre(client, people):
    values = {"centre_no": "9", "centre_name": "Hospital of Cuneo", "city": "Cuneo", "country": "IT", "role": "coord"}
    values |= {"date_policy": "real", "unit_profile": "conv", "active": "1", "version": "0", "step": "complete"}
    client.post("/centres/new/", values)
    assert "09 Cuneo" in client.get("/centres/9/").content.decode()


def test_a_centre_number_is_given_once(client, people):
    response = client.post("/centres/new/", {"centre_no": "7", "city": "Cuneo", "version": "0", "step": "draft"})
    assert response.status_code == 422
    assert "There is already a centre 7" in response.content.decode()
