"""Seals while many write: every row is sealed exactly once, however late its transaction ends."""

import random
import threading
import time

import psycopg
import pytest

from registry.audit import seals
from registry.audit.verification import verify
from tests import databases
from tests.people import make_people
from tests.sealing import seal_everything

pytestmark = pytest.mark.slow

WRITERS = ("datamanager_03", "datamanager_07", "monitor", "statistician")
TRANSACTIONS = 60


class Writer(threading.Thread):
    """Changes one account again and again: several rows a transaction, some rolled back, some that last long."""

    def __init__(self, user, address):
        super().__init__()
        self.user, self.address, self.rows = user, address, 0

    def run(self):
        chance = random.Random(self.user.pk)
        context = f'{{"user": "{self.user.pk}", "read": "all"}}'
        with psycopg.connect(self.address, autocommit=True) as connection:
            for turn in range(TRANSACTIONS):
                rows, is_kept = chance.randint(1, 8), chance.random() > 0.1
                with connection.transaction(force_rollback=not is_kept):
                    connection.execute("select set_config('app.ctx', %s, true)", [context])
                    for row in range(rows):
                        name = f"{turn}-{row}"
                        connection.execute("update registry_user set name = %s where id = %s", [name, self.user.pk])
                    time.sleep(0.2 if turn % 10 == 0 else 0)
                self.rows += rows * is_kept


def test_every_row_is_sealed_exactly_once_and_no_transaction_that_ends_late_is_passed_over(committed_registry):
    people = make_people()
    before = seals.unsealed().rows
    address = databases.urls(committed_registry)["DATABASE_URL"]
    writers = [Writer(getattr(people, name), address) for name in WRITERS]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        seals.seal()
    assert seals.head().number > 3
    seal_everything()
    found = verify(by=people.monitor)
    assert found.disagreements == []
    assert found.head.rows == before + sum(writer.rows for writer in writers)
