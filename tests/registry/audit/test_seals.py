"""Seals: made of what is new, each linked to the one before."""

from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from registry.audit import seals
from registry.audit.acting import acting_as
from registry.models import Baseline
from registry.tasks import seal_audit_trail
from tests import databases
from tests.processes import wait_until
from tests.sealing import seal_everything

pytestmark = pytest.mark.slow


def rows_of(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def test_before_the_first_seal_there_is_no_head(committed_registry):
    assert seals.seal() is None
    assert seals.head() is None


def test_the_head_is_the_newest_seal_with_all_rows_so_far(sealed, superuser):
    head = seals.head()
    (count,) = superuser.execute("select count(*) from audit.log").fetchone()
    assert (head.number, head.rows) == (3, count)
    assert len(head.sha256) == 64
    assert str(head) == f"3:{head.sha256}"


def test_each_seal_names_the_hash_of_the_one_before(sealed):
    chain = rows_of("select encode(previous, 'hex'), encode(sha256, 'hex') from audit.seal order by number")
    assert [previous for previous, _ in chain] == ["", *(sha256 for _, sha256 in chain[:-1])]


def test_nothing_is_written_when_nothing_is_new(sealed):
    assert seals.seal() is None
    assert seals.head().number == 3


def test_the_task_seals_what_is_new(sealed):
    with acting_as(sealed.datamanager_03, "typing error", centre=3):
        Baseline.objects.update(wbc="7.9")
    assert seals.unsealed().rows == 1
    wait_until(lambda: seal_audit_trail() or seals.head().number == 4, seconds=60, what="the fourth seal")
    assert seals.unsealed() == seals.Unsealed(rows=0, oldest=None)


def test_a_row_waits_for_the_transactions_that_began_before_it(sealed, committed_registry):
    """Sealed at once, it would move the range past rows that are committed later."""
    address = databases.urls(committed_registry)["DATABASE_URL"]
    with psycopg.connect(address) as long:
        long.execute('select set_config(\'app.ctx\', \'{"user": "1", "read": [3], "write": [3]}\', true)')
        long.execute("update registry_patient set sex = 'M'")
        with acting_as(sealed.datamanager_03, centre=3):
            Baseline.objects.update(ecog="1")
        assert seals.seal() is None
        assert seals.unsealed().rows == 1
    seal_everything()
    assert rows_of("select sum(n_rows) from audit.seal where number > 3") == [(2,)]


def test_every_column_of_the_trail_is_in_the_hash(sealed, superuser):
    columns = superuser.execute(
        "select column_name from information_schema.columns where table_schema = 'audit' and table_name = 'log'"
    ).fetchall()
    (body,) = superuser.execute("select prosrc from pg_proc where proname = 'row_sha256'").fetchone()
    assert [name for (name,) in columns if f"'{name}', " not in body or f"entry.{name}" not in body] == []
    assert len(columns) > 15


def test_the_hash_does_not_depend_on_the_settings_of_the_session(sealed, superuser):
    hashes = set()
    for zone, style in (("UTC", "ISO"), ("Asia/Tokyo", "German")):
        superuser.execute(f"set timezone = '{zone}'")
        superuser.execute(f"set datestyle = '{style}'")
        superuser.execute("set bytea_output = 'escape'")
        hashes.add(superuser.execute("select encode(audit.row_sha256(log), 'hex') from audit.log limit 1").fetchone())
    assert len(hashes) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "insert into audit.seal select number + 1, at, from_xid, before_xid, next_xid, 0, total, sha256, sha256 "
        "from audit.seal",
        "update audit.seal set total = total + 1",
        "delete from audit.seal",
        "truncate audit.seal",
        "insert into audit.sealed_row values (99999, 1, '')",
        "update audit.sealed_row set sha256 = ''",
        "delete from audit.sealed_row",
        "truncate audit.sealed_row",
        "select audit.row_sha256(log) from audit.log",
        "select audit.seal_sha256(seal) from audit.seal",
        "create or replace function audit.make_seal() returns bigint language sql as 'select 1'",
        "alter table audit.seal add column forged int",
        "set role reg_audit",
    ],
)
def test_the_web_role_cannot_touch_a_seal_or_forge_one(db, statement):
    with pytest.raises(ProgrammingError, match=r"denied|must be owner"), transaction.atomic():
        rows_of(statement)


def test_the_function_that_seals_takes_nothing_from_its_caller(committed_registry):
    assert rows_of("select pronargs, prosecdef from pg_proc where proname = 'make_seal'") == [(0, True)]


def test_an_installation_from_before_the_seals_gets_them_when_it_is_prepared_again(
    sealed, superuser, committed_registry
):
    superuser.execute("drop table audit.seal, audit.sealed_row cascade")
    prepare_again(committed_registry)
    seal_everything()
    head = seals.head()
    assert (head.number, head.rows) == (1, rows_of("select count(*) from audit.sealed_row")[0][0])
    prepare_again(committed_registry)
    assert seals.head() == head


def prepare_again(database):
    with databases.environment(databases.urls(database) | {"CELERY_BROKER_URL": ""}):
        call_command("prepare_database", stdout=StringIO())
