"""Many programs at once on one record: every answered save is there, and nobody overwrites anybody."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from registry.access.context import scope, system
from registry.api.throttles import TokenThrottle
from registry.models import AuditEntry, Patient
from tests.pages import new_patient
from tests.people import make_people
from tests.programs import Program, token_of

pytestmark = pytest.mark.slow
THREADS, SAVES = 4, 10
NEW = {"values": {"sex": "F", "age_rr": 40, "consent_basis": "written"}}


@pytest.fixture
def secret(committed_registry, monkeypatch):
    monkeypatch.setattr(TokenThrottle, "THROTTLE_RATES", {"token": None})
    people = make_people()
    new_patient(people.datamanager_03)
    return token_of(people.datamanager_03)


def at_once(work):
    """What each of the threads returned; each with a connection of its own."""

    def alone(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(alone, range(THREADS)))


def test_no_save_that_was_answered_is_lost_and_none_is_made_unseen(secret):
    def save_again_and_again(number):
        program, answers = Program(secret), []
        address = f"patients/{program.get('patients/').json()['results'][0]['id']}/"
        for turn in range(SAVES):
            tag = program.get(address)["ETag"]
            body = {"values": {"birth_year": 1950 + number * SAVES + turn}, "reason": "many at once"}
            answers.append(program.patch(address, body, If_Match=tag))
        return [(answer.status_code, answer["ETag"]) for answer in answers]

    answers = [answer for found in at_once(save_again_and_again) for answer in found]
    saved = [tag for status, tag in answers if status == 200]
    assert {status for status, _ in answers} <= {200, 412}
    assert len(saved) == len(set(saved))  # each made a version of its own
    with scope(system("test", read="all")):
        assert Patient.objects.get().version == 1 + len(saved)
        assert AuditEntry.objects.filter(table="registry_patient", operation="U").count() == len(saved)


def test_the_same_request_sent_by_all_at_once_is_carried_out_once(secret):
    answers = at_once(lambda number: Program(secret).post("patients/", NEW, Idempotency_Key="patient-17"))
    assert Counter(answer.status_code for answer in answers) == {201: THREADS}
    assert len({answer.json()["id"] for answer in answers}) == 1
    with scope(system("test", read="all")):
        assert Patient.objects.count() == 2
