"""So many requests a minute for each token, and when the next may come."""

import pytest

from registry.api.throttles import TokenThrottle
from tests.programs import program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_a_minute(monkeypatch):
    monkeypatch.setattr(TokenThrottle, "THROTTLE_RATES", {"token": "2/minute"})


def test_beyond_the_rate_a_token_waits_and_others_do_not(people, anna, two_a_minute):
    assert [anna.get("token/").status_code for _ in range(3)] == [200, 200, 429]
    assert program_of(people.datamanager_03).get("token/").status_code == 200


def test_the_refusal_says_how_long_to_wait(anna, two_a_minute):
    answer = [anna.get("token/") for _ in range(3)][-1]
    assert 1 <= int(answer["Retry-After"]) <= 61
    assert answer["Content-Type"] == "application/problem+json"
