"""The audit trail: no write without an actor, nothing unseen, nothing invented."""

import pytest
from django.db import DatabaseError, connection, transaction

from registry.access.context import scope, system
from registry.audit.acting import acting_as
from registry.audit.protection import (
    ADMINISTRATION_TABLES,
    OUTSIDE_THE_TRAIL,
    TABLES_OF_A_CENTRE,
    isolated_tables,
)
from registry.models import AuditEntry, Baseline, Patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def baseline(people):
    with acting_as(people.datamanager_03, centre=3):
        patient = Patient.objects.create(number="03-001", centre=people.baltimore, sex="F", age_rr=40)
        return Baseline.objects.create(patient=patient, centre_id=3)


def trail(table="registry_baseline"):
    return list(AuditEntry.objects.filter(table=table).order_by("id"))


def sql(statement, *parameters):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def test_a_write_that_names_nobody_is_refused(baseline):
    with pytest.raises(DatabaseError, match="does not say who acts"):
        sql("update registry_baseline set wbc = 1")


def test_a_change_from_and_to_empty_is_recorded(baseline, people):
    with acting_as(people.datamanager_03, "typing error", centre=3):
        Baseline.objects.update(wbc="5.9")
        Baseline.objects.update(wbc=None)
        changes = [(row.old, row.new) for row in trail()[1:]]
    assert changes == [({"wbc": None}, {"wbc": 5.9}), ({"wbc": 5.9}, {"wbc": None})]


def test_saving_the_same_values_again_leaves_no_row(baseline, people):
    with acting_as(people.datamanager_03, centre=3):
        Baseline.objects.update(wbc=None)
        assert len(trail()) == 1


@pytest.mark.parametrize("path", ["update", "bulk_update", "raw SQL", "save"])
def test_every_way_to_write_is_caught(baseline, people, path):
    with acting_as(people.datamanager_03, "source document", centre=3):
        record = Baseline.objects.get()
        record.ecog = "1"
        if path == "save":
            record.save()
        elif path == "bulk_update":
            Baseline.objects.bulk_update([record], ["ecog"])
        elif path == "update":
            Baseline.objects.update(ecog="1")
        else:
            sql("update registry_baseline set ecog = '1'")
        row = trail()[-1]
    assert (row.user_name, row.role, row.centre, row.reason, row.new) == (
        "datamanager-03",
        "data_manager",
        3,
        "source document",
        {"ecog": "1"},
    )


def test_a_complete_record_changes_only_with_a_reason(baseline, people):
    with acting_as(people.datamanager_03, centre=3):
        Baseline.objects.update(state="complete", wbc=None)
    with pytest.raises(DatabaseError, match="only with a reason"), acting_as(people.datamanager_03, centre=3):
        Baseline.objects.update(ecog="1")


def test_a_locked_record_is_refused_in_the_database(baseline, people):
    with acting_as(people.monitor, "end of monitoring", centre=3):
        Baseline.objects.update(state="locked")
    with pytest.raises(DatabaseError, match="is locked"), acting_as(people.datamanager_03, "a good reason", centre=3):
        Baseline.objects.update(ecog="1")
    with acting_as(people.monitor, "query reopened", centre=3):
        assert Baseline.objects.update(state="in progress") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "insert into audit.log (app_user, app_name, role, audience, tbl, pk, op) "
        "values ('x', 'x', 'x', 'centre', 'x', '1', 'U')",
        "update audit.log set app_user = 'x'",
        "delete from audit.log",
        "truncate audit.log",
        "truncate registry_baseline",
        "select audit.record_change()",
        "alter table registry_baseline disable trigger zz_audit",
        "drop trigger zz_audit on registry_baseline",
        "create or replace function audit.record_change() returns trigger language plpgsql "
        "as $$begin return null; end$$",
        "set role reg_audit",
        "set role reg_owner",
        "create temp table forged (a int)",
        "set session_replication_role = replica",
    ],
)
def test_the_web_role_cannot_touch_the_trail(baseline, people, statement):
    with pytest.raises(DatabaseError), acting_as(people.administrator):
        sql(statement)


def test_passwords_never_enter_the_trail(people):
    with scope(system("install")):
        people.monitor.set_password("a long enough secret")
        people.monitor.save()
    with acting_as(people.administrator):
        row = trail("registry_user")[-1]
    assert row.new == {"password": "(redacted)"}


def test_every_table_is_under_the_trail_or_named_with_a_reason():
    tables = set(connection.introspection.table_names())
    assert tables == {*isolated_tables(), *ADMINISTRATION_TABLES, *TABLES_OF_A_CENTRE, *OUTSIDE_THE_TRAIL}


def test_every_protected_table_carries_its_triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, count(*) from pg_trigger where tgname in "
            "('aa_actor', 'zz_audit', 'zz_no_truncate') and tgenabled = 'A' group by 1"
        )
        protected = [*isolated_tables(), *ADMINISTRATION_TABLES, *TABLES_OF_A_CENTRE]
        assert dict(cursor.fetchall()) == dict.fromkeys(protected, 3)
