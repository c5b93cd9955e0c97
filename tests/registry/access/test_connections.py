"""Connections are kept open and shared by many requests: what one was told, the next must not know."""

import threading

import pytest
from django.db import connection

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.audit.acting import acting_as
from registry.models import Patient
from tests.people import make_people


@pytest.mark.slow
def test_mixed_work_on_shared_connections_never_leaks(committed_registry):
    """Four threads, their connections kept open, a tenth of the requests failing: nobody sees a foreign centre."""
    people = make_people()
    for user, centre in ((people.datamanager_03, 3), (people.datamanager_07, 7)):
        with acting_as(user, centre=centre):
            Patient.objects.create(number=f"{centre:02d}-001", centre_id=centre)
    leaks: list[object] = []

    def work(seed: int) -> None:
        for turn in range(250):
            user = (people.datamanager_03, people.datamanager_07, None)[(seed + turn) % 3]
            try:
                if user is None:
                    leaks.extend(Patient.objects.all())
                    continue
                with scope(claims_of(user)):
                    leaks.extend(Patient.objects.exclude(centre_id=user.centre_id))
                    if turn % 10 == 0:
                        raise RuntimeError
            except RuntimeError:
                continue
        connection.close()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert leaks == []
