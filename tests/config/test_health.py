import pytest
from django.test import Client

from config.health import is_healthy
from tests.services import free_port

pytestmark = pytest.mark.django_db


def test_health_answers_without_an_account():
    response = Client().get("/health/")
    assert response.status_code == 200
    assert response.content == b"ok"


def test_every_other_address_asks_for_one():
    response = Client().get("/no-such-page/")
    assert response.status_code == 404 or response["Location"].startswith("/accounts/login/")


def test_a_server_that_does_not_answer_is_not_healthy():
    assert not is_healthy(f"http://127.0.0.1:{free_port()}")
