"""Which language a page speaks: what its user chose, else what the browser asks for, else English."""

import pytest
from django.test import Client

from registry.access.context import scope, system
from tests.registry.web.work import stored, text_of

pytestmark = pytest.mark.django_db
ITALIAN = {"HTTP_ACCEPT_LANGUAGE": "it-IT,it;q=0.9"}


def test_a_visitor_reads_the_language_of_the_browser(people):
    assert "Accedi" in text_of(Client().get("/accounts/login/", **ITALIAN))
    page = Client().get("/accounts/login/", HTTP_ACCEPT_LANGUAGE="fr")
    assert "Log in" in text_of(page)
    assert '<html lang="en-gb">' in page.content.decode()


def test_a_visitor_chooses_before_logging_in_and_stays_on_the_page(people):
    client = Client()
    answer = client.post("/language/", {"language": "it", "next": "/accounts/login/?next=/patients/"})
    assert answer["Location"] == "/accounts/login/?next=/patients/"
    page = client.get("/accounts/login/")
    assert '<html lang="it">' in page.content.decode()
    assert "Accedi" in text_of(page)


def test_a_choice_is_kept_with_the_account_and_outweighs_the_browser(open_as, people):
    open_as(people.datamanager_03).post("/language/", {"language": "it", "next": "/patients/"})
    elsewhere = open_as(people.datamanager_03)
    assert "Nuovo paziente" in text_of(elsewhere.get("/patients/", HTTP_ACCEPT_LANGUAGE="en"))
    elsewhere.post("/language/", {"language": "en-gb"})
    assert "New patient" in text_of(elsewhere.get("/patients/", **ITALIAN))


def test_a_page_that_does_not_exist_speaks_the_language_of_its_reader(open_as, people):
    client = open_as(people.datamanager_03)
    client.post("/language/", {"language": "it"})
    assert "Non trovata" in text_of(client.get("/nowhere/"))


def test_nobody_is_led_away_by_the_choice(open_as, people):
    client = open_as(people.datamanager_03)
    for elsewhere in ("https://example.org/", "//example.org/", "/\\example.org", "no page", "javascript:alert(1)", ""):
        assert client.post("/language/", {"language": "it", "next": elsewhere})["Location"] == "/"
    assert client.get("/language/").status_code == 405


def test_who_has_yet_to_set_up_a_second_factor_chooses_in_which_language(people):
    client = Client()
    with scope(system("login")):
        client.force_login(people.monitor)
    client.post("/language/", {"language": "it"})
    assert stored(people.monitor).language == "it"


def test_an_unknown_language_is_refused(open_as, people):
    assert open_as(people.datamanager_03).post("/language/", {"language": "xx"}).status_code == 400
    assert stored(people.datamanager_03).language == ""


def test_an_invitation_speaks_the_language_of_the_invited(
    open_as, people, mailoutbox, django_capture_on_commit_callbacks
):
    user = people.datamanager_07
    user.email, user.language = "dm@hospital.example", "it"
    with scope(system("install", read="all")):
        user.save()
    with django_capture_on_commit_callbacks(execute=True):
        open_as(people.administrator).post(f"/users/{user.public_id}/invite/")
    assert mailoutbox[0].subject == "Account nel registro INO"
    assert "Nome utente: datamanager-07" in mailoutbox[0].body
